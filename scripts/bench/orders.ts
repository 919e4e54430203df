import { randomBytes } from 'node:crypto';

/** A plain JSON order as a request has it. */
export interface DraftOrder {
  readonly document: Record<string, unknown>;
}

/** An order with a number of its own; with one line its canonical form has about twenty fields, with six about sixty. */
export function order(lines = 1): DraftOrder {
  const line = (_: unknown, i: number) => ({
    id: String(i + 1),
    item: `W-${i}`,
    name: `Widget ${i}`,
    quantity: '100',
    unit: 'EA',
    amount: '107.50',
  });
  return {
    document: {
      kind: 'ORDER',
      number: `B-${randomBytes(6).toString('hex').toUpperCase()}`,
      issueDate: '2026-11-22',
      currency: 'EUR',
      amount: `${(10_750n * BigInt(lines)) / 100n}.${String((10_750n * BigInt(lines)) % 100n).padStart(2, '0')}`,
      buyer: { id: 'BENCH-BUYER', name: 'Bench Buyer' },
      seller: { id: 'BENCH-SELLER', name: 'Bench Seller' },
      lines: Array.from({ length: lines }, line),
    },
  };
}

/** Runs `work` on each item, at most `width` at once. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, place: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(width, items.length) }, async () => {
      while (next < items.length) {
        const i = next++;
        results[i] = await work(items[i]!, i);
      }
    }),
  );
  return results;
}
