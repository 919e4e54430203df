/** A signer before an HSM serves one after the other, and each that is asked for waits only so long (chain/web3signer-account). */
const AT_ONCE = 4;

/**
 * What `sign` gives for each of `items`, in their order, a few at a time; up to the first that fails, so that what was signed before
 * it is not for nothing. Rejects when that is the first of all.
 */
export async function signInOrder<T, S>(
  items: readonly T[],
  sign: (item: T, index: number) => Promise<S>,
): Promise<S[]> {
  const signed: S[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const some = items.slice(from, from + AT_ONCE).map((item, i) => sign(item, from + i));
    for (const result of await Promise.allSettled(some)) {
      if (result.status === 'fulfilled') signed.push(result.value);
      else if (signed.length > 0) return signed;
      else throw result.reason;
    }
  }
  return signed;
}
