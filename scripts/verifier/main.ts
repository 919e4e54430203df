import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MAX_BUNDLE_BYTES } from '../../node/src/proofs/verify/bundle/read-bundle.js';
import { readTrust } from '../../node/src/proofs/verify/trust/trust.js';
import { Unusable } from '../../node/src/proofs/verify/unusable.js';
import { verifyFile } from '../../node/src/proofs/verify/verify-file.js';
import { parseMaxAge } from './max-age.js';
import { printable, printableJson } from './printable.js';
import { reasonOf } from './reason-of.js';
import { describe } from './words.js';

const USAGE = `usage: tradeproof verify FILE --trust TRUST [--max-age 1h | none] [--json]

Verifies a proof bundle, or the proof of an item of evidence, with nothing but the two files: no network, no node, no database.
  --trust TRUST     the trust file: chain, checkpoint with its validators, accepted code
  --max-age AGE     how old a bundle's block may be: 90s, 30m, 1h (default), 7d, or none to judge as of the block
  --json            the verdict as JSON
Exit code: 0 valid, 1 not valid, 2 unusable input, 3 this program broke.
`;

/** Ends the process: 0 valid, 1 not valid, 2 for what cannot be judged, 3 when it broke. */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      trust: { type: 'string' },
      'max-age': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [command, path, ...rest] = positionals;
  if (command !== 'verify' || path === undefined || rest.length > 0 || values.trust === undefined)
    throw new Unusable('USAGE', `\n${USAGE}`);
  const maxAge = parseMaxAge(values['max-age']);
  if (maxAge === undefined) throw new Unusable('USAGE', '--max-age is 90s, 30m, 1h, 7d or none.');
  const trust = readTrust(read(values.trust));
  const age = maxAge === null ? undefined : { now: Math.floor(Date.now() / 1000), max: maxAge };
  const verdict = await verifyFile(read(path), { trust, age });
  process.stdout.write(`${values.json ? printableJson(verdict) : describe(verdict)}\n`);
  return verdict.valid ? 0 : 1;
}

function read(path: string): Uint8Array {
  try {
    const { size } = statSync(path);
    if (size > MAX_BUNDLE_BYTES)
      throw new Unusable('TOO_LARGE', `${path} has ${size} bytes; at most ${MAX_BUNDLE_BYTES} are read.`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable('UNREADABLE', `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}).`);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const json = process.argv.includes('--json');
  const { code, message } = reasonOf(error);
  if (json) process.stdout.write(`${printableJson({ unusable: { code, message } })}\n`);
  // How it is used has lines of its own; whatever else is said may repeat what stands in a file.
  const said = error instanceof Unusable && code === 'USAGE' ? message : printable(message);
  process.stderr.write(`tradeproof: ${said}${code === 'USAGE' ? '' : ` [${code}]`}\n`);
  process.exitCode = code === 'INTERNAL' ? 3 : 2;
}
