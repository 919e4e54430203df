import { perTransaction } from './per-transaction.js';

const order = (supplier: number, size = 1) => ({
  supplier,
  document: { source: { bytes: new Uint8Array(size), mediaType: '', format: '', sha256: '0x' as const } },
});
const shape = (orders: ReturnType<typeof order>[]) =>
  perTransaction(orders).map((together) => [together[0].supplier, together.length] as const);

describe('perTransaction', () => {
  it('makes one for each hundred to a supplier', () => {
    const orders = Array.from({ length: 250 }, (_, i) => order(i % 2));
    expect(shape(orders)).toEqual([
      [0, 100],
      [1, 100],
      [0, 25],
      [1, 25],
    ]);
    expect(perTransaction(orders).flat()).toHaveLength(250);
  });

  it('makes no envelope above a mebibyte, unless one document is', () => {
    const half = 512 * 1024;
    expect(shape([order(1, half), order(1, half), order(1, 1), order(1, 3 * half), order(1, 1)])).toEqual([
      [1, 2],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });
});
