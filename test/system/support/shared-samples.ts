import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve('../shared/samples');

/** Whether the public sample documents lie beside the project, where it does not keep them. */
export const haveSamples = existsSync(FOLDER);

/** A public document, as it was published. `path` is relative to the folder of samples. */
export const sample = (path: string): string => readFileSync(join(FOLDER, path), 'utf8');

/** All public documents. */
export const samplePaths = (): string[] =>
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(xml|jsonld)$/.test(path));

/** A copy with each of these texts replaced everywhere. Throws when one is not in it. */
export function rekeyed(document: string, changes: Record<string, string>): string {
  return Object.entries(changes).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the sample has no ${from}`);
    return text.replaceAll(from, to);
  }, document);
}
