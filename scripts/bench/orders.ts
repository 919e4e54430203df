import { randomBytes } from 'node:crypto';

/** A plain JSON order whose canonical form has about a dozen fields, with a number of its own. */
export function smallOrder(): { document: Record<string, unknown> } {
  return {
    document: {
      kind: 'ORDER',
      number: `B-${randomBytes(6).toString('hex').toUpperCase()}`,
      issueDate: '2026-11-22',
      currency: 'EUR',
      amount: '107.50',
      buyer: { id: 'BENCH-BUYER', name: 'Bench Buyer' },
      seller: { id: 'BENCH-SELLER', name: 'Bench Seller' },
      lines: [{ id: '1', item: 'W-1', name: 'Widget', quantity: '100', unit: 'EA', amount: '107.50' }],
    },
  };
}

/** Runs `work` on each item, at most `width` at once. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(width, items.length) }, async () => {
      while (next < items.length) {
        const i = next++;
        results[i] = await work(items[i]!);
      }
    }),
  );
  return results;
}
