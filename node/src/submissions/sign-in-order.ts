/** A signer before an HSM serves one after the other, and each that is asked for waits only so long (chain/web3signer-account). */
const AT_ONCE = 4;

/** No more are begun after so long: what is signed is to be sent, and a stop is not to wait. */
const LONGEST_MS = 5000;

/**
 * What `sign` gives for each of `items`, in their order, a few at a time; up to the first that fails, so that what was signed before
 * it is not for nothing, and for some seconds. Rejects when the first of all fails.
 */
export async function signInOrder<T, S>(
  items: readonly T[],
  sign: (item: T, index: number) => Promise<S>,
): Promise<S[]> {
  const signed: S[] = [];
  const end = performance.now() + LONGEST_MS;
  for (let from = 0; from < items.length && (from === 0 || performance.now() < end); from += AT_ONCE) {
    const some = items.slice(from, from + AT_ONCE).map((item, i) => sign(item, from + i));
    for (const result of await Promise.allSettled(some)) {
      if (result.status === 'fulfilled') signed.push(result.value);
      else if (signed.length > 0) return signed;
      else throw result.reason;
    }
  }
  return signed;
}
