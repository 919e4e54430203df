import { writeWhole } from '../lib/write-whole.js';

/** Writes JSON that its owner alone may read: whole or not at all, and on the disk when this returns. */
export function writePrivate(path: string, value: unknown): void {
  writeWhole(path, `${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`, 0o600);
}
