// What `npm run build` makes of one source: JavaScript and its map by swc, or a copy. Put in the output's place whole, so that what was cut short
// neither runs nor counts as built.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { transformFile } from '@swc/core';
import { replaceFile } from './verifier/build.mjs';

/** `options` are those of swc. */
export async function compile(source, output, options) {
  mkdirSync(dirname(output), { recursive: true });
  if (!source.endsWith('.ts')) return replaceFile(output, readFileSync(source));
  const { code, map } = await transformFile(source, { ...options, sourceFileName: source });
  if (map) replaceFile(`${output}.map`, map);
  // Last: by it both are known to be there.
  replaceFile(output, map ? `${code}\n//# sourceMappingURL=${basename(output)}.map\n` : code);
}

/** Longer than any build takes. */
const KEPT_MS = 3_600_000;

/** Whether a file may be on its way into its place, by another build that runs. */
export function isUnderWay(path) {
  const { mtimeMs = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return /\.\d+$/.test(path) && mtimeMs > Date.now() - KEPT_MS;
}
