import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Whether two paths lead to one file, through whatever links, and whether or not it is there yet. A link's own place counts as the file that it
 * leads to: what is written whole is put in the link's place, and what is read comes from where it leads.
 */
export function isSameFile(one: string, other: string): boolean {
  const places = placesOf(other);
  return placesOf(one).some((place) => places.includes(place));
}

function placesOf(path: string): string[] {
  const full = resolve(path);
  return [join(real(dirname(full)), basename(full)), real(full)];
}

/** Where a path leads, as far as it does. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(real(folder), basename(path));
  }
}
