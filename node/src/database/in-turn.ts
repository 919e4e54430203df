/**
 * Makes calls of `fn` wait for one another, in the order in which they are made; a rejection is its own caller's alone.
 * For a transaction's client: two queries at once share one connection, and pg gives up queueing them.
 */
export function inTurn<A extends unknown[], R>(fn: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve();
  return (...args) => {
    const result = last.then(() => fn(...args));
    last = result.catch(() => undefined);
    return result;
  };
}
