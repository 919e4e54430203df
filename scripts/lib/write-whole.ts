import { chmodSync, closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Puts a file in its place whole or not at all, with this mode, and on the disk when this returns. */
export function writeWhole(path: string, text: string, mode: number): void {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w', mode);
  // Writes on until all is written, or throws: a short count on a full disk would put a stump over a whole file.
  writeFileSync(file, text);
  fsyncSync(file);
  closeSync(file);
  // Not left to the umask.
  chmodSync(temporary, mode);
  renameSync(temporary, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
