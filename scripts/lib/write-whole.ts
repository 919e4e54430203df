import { chmodSync, closeSync, fchownSync, fsyncSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Puts a file in its place whole or not at all, with this mode and the former one's owner, and on the disk when this returns. */
export function writeWhole(path: string, content: string | Uint8Array, mode: number): void {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w', mode);
  // Writes on until all is written, or throws: a short count on a full disk would put a stump over a whole file.
  writeFileSync(file, content);
  const former = statSync(path, { throwIfNoEntry: false });
  // Root that writes a service's file leaves it to the service; nobody else may give files away.
  if (former && process.getuid?.() === 0) fchownSync(file, former.uid, former.gid);
  fsyncSync(file);
  closeSync(file);
  // Not left to the umask.
  chmodSync(temporary, mode);
  renameSync(temporary, path);
  onDisk(dirname(path));
}

/** The names in a folder, as they are now, are on the disk when this returns. */
export function onDisk(folder: string): void {
  const file = openSync(folder, 'r');
  fsyncSync(file);
  closeSync(file);
}
