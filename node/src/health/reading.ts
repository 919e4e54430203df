/** A scrape asks each measure by itself and at once; those that one statement answers share it for this long (ms). */
const SHARED_MS = 1_000;

/**
 * `read`, at most once a second for all who ask; undefined when it failed, so that a scrape still shows what does not
 * need the database while the database is down.
 */
export function sharedReading<T>(read: () => Promise<T>): () => Promise<T | undefined> {
  let last: Promise<T | undefined> | undefined;
  let until = 0;
  return () => {
    if (last && performance.now() < until) return last;
    until = performance.now() + SHARED_MS;
    last = read().catch(() => undefined);
    return last;
  };
}
