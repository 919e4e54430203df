import type { Hex } from '../../kernel/hex.js';
import { kindNumber } from '../domain/milestone-kinds.js';
import { ReceiptsQuery } from './receipts.js';

const [ID, NONE] = ['ab', '00'].map((pair) => `0x${pair.repeat(32)}` as Hex) as [Hex, Hex];

/** Unit of what an order in `ordered` received, as reported in `reported`. */
async function unitOf(ordered: string | undefined, reported: string | undefined): Promise<string | null> {
  const model = { number: 'PO-1', lines: [{ id: '1', item: {}, quantity: '10', unit: ordered }] };
  const receipt = {
    kind: 'RECEIPT',
    orderNumbers: [],
    lines: [{ id: '1', item: {}, orderLine: '1', quantity: '9', unit: reported }],
  };
  const row = { order_id: ID, position: 0, kind: kindNumber('RECEIVED'), author: 1, commitment: ID, supersedes: NONE };
  const query = new ReceiptsQuery(
    { disclosed: () => ({ id: ID }) } as never,
    { require: () => ({ document: { model } }) } as never,
    { of: () => [{ ...row, recorded_at: 1 }] } as never,
    { atAll: () => new Map([[ID, { document: { model: receipt } }]]) } as never,
  );
  const { lines } = await query.of(ID);
  expect(lines).toMatchObject([{ ordered: '10', received: '9' }]);
  return lines[0]!.unit;
}

it("shows the order's unit, else the one that was reported", async () => {
  expect(await unitOf('KGM', undefined)).toBe('KGM');
  expect(await unitOf(undefined, 'KGM')).toBe('KGM');
  expect(await unitOf(undefined, undefined)).toBeNull();
});
