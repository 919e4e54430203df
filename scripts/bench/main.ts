import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fromCaller } from '../lib/from-caller.js';
import { evidence } from './evidence.js';
import { footprint } from './footprint.js';
import { gas } from './gas.js';
import { growth } from './growth.js';
import { importing } from './importing.js';
import { indexing, rebuilding } from './indexing.js';
import { lending } from './lending.js';
import { posting } from './posting.js';
import { proofs } from './proofs.js';
import { reads } from './reads.js';
import type { Measurement, Result } from './result.js';
import { streaming } from './streaming.js';
import { verifying } from './verifying.js';
import { volume } from './volume.js';

const MEASUREMENTS: readonly Measurement[] = [
  gas,
  verifying,
  importing,
  indexing,
  rebuilding,
  posting,
  volume,
  growth,
  evidence,
  lending,
  proofs,
  reads,
  streaming,
  footprint,
];

const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toLocaleString('en', { maximumFractionDigits: 2 });

function line(result: Result): string {
  const peer =
    result.peer === undefined ? '' : `${number(result.ratio!)} x ${result.peer} (${number(result.peerValue!)})`;
  const floor = result.floor === undefined ? '' : `floor ${number(result.floor)}`;
  const value = `${number(result.value)} ${result.unit}`;
  return `${result.name.padEnd(18)} ${value.padEnd(22)} ${peer.padEnd(44)} ${floor.padEnd(14)} ${result.note ?? ''}`.trimEnd();
}

/** `npm run bench [-- --only NAME] [--json FILE]`: each figure beside its peer, measured in the same run. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string', multiple: true } } });
  const strange = values.only?.find(
    (part) => !MEASUREMENTS.some(({ names }) => names.some((name) => name.startsWith(part))),
  );
  if (strange !== undefined)
    throw new Error(
      `no figure's name begins with '${strange}': ${MEASUREMENTS.flatMap(({ names }) => names).join(', ')}`,
    );
  const wanted = ({ names }: Measurement) =>
    !values.only || names.some((name) => values.only!.some((part) => name.startsWith(part)));
  const results: Result[] = [];
  for (const measurement of MEASUREMENTS.filter(wanted)) {
    const say = (text: string) => process.stderr.write(`bench: ${measurement.names[0]}: ${text}\n`);
    try {
      for (const result of await measurement.run(say)) {
        results.push(result);
        process.stdout.write(`${line(result)}\n`);
      }
    } catch (error) {
      // What was measured before, and what comes after, is worth keeping.
      process.exitCode = 1;
      say(`failed: ${(error as Error).stack ?? String(error)}`);
    }
  }
  if (values.json) writeFileSync(fromCaller(values.json), `${JSON.stringify(results, null, 2)}\n`);
}

await main().catch((error: Error) => {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
});
process.exit();
