import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWhole } from '../lib/write-whole.js';

/** Throws when one of them is there: an existing key is never written over, nor the card of one given to another. */
export function requireNew(...paths: readonly string[]): void {
  const there = paths.find((path) => existsSync(path));
  if (there !== undefined) throw new Error(`${there} is there already: keys are never written over`);
}

/** Writes a secret that must not be there yet: an existing key is never written over. */
export function writeSecret(path: string, text: string, group = false): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o750 });
  requireNew(path);
  writeWhole(path, text, group ? 0o640 : 0o600);
}

/** Writes what is public, for others to read. */
export function writePublic(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
}

/** Paths of the files in `folder` whose names end so, by name. */
export function filesEnding(folder: string, ending: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((each) => each.endsWith(ending))
    .sort()
    .map((each) => join(folder, each));
}
