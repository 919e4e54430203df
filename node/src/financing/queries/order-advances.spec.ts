import type { Hex } from '../../kernel/hex.js';
import { Rational } from '../../kernel/rational.js';
import type { FinancingStore } from '../storage/financing.store.js';
import { OrderAdvances } from './order-advances.js';
import type { Position, Positions } from './positions.js';

const ORDER: Hex = '0x0a';
const [RESERVED, DISBURSED] = [{ block: 1 }, { block: 2 }];

/** What is out in the position of one financing whose offer is of 80. */
async function outIn(position: object): Promise<unknown[]> {
  const financing = { object: ORDER, onOrder: true, offer: { terms: { advance: { amount: '80', currency: 'EUR' } } } };
  const advances = new OrderAdvances(
    { of: () => Promise.resolve([financing]) } as unknown as FinancingStore,
    { of: () => Promise.resolve({ financing, ...position } as unknown as Position) } as unknown as Positions,
  );
  return (await advances.on([ORDER])).map(({ outstanding, event }) => [outstanding.toString(), event]);
}

describe('money out on an order', () => {
  const balance = { due: { principal: Rational.parse('80') }, applied: { principal: Rational.parse('30') } };

  it('is the whole advance once it is reserved, and what is not repaid once it is paid', async () => {
    const reserved = { status: 'AGREED', encumbrance: { reserved: RESERVED, disbursed: null } };
    expect(await outIn(reserved)).toEqual([['80', RESERVED]]);
    const paid = { status: 'DISBURSED', encumbrance: { reserved: RESERVED, disbursed: DISBURSED }, balance };
    expect(await outIn(paid)).toEqual([['50', DISBURSED]]);
  });

  it.each(['OFFERED', 'EXPIRED', 'REPAID', 'CLOSED'])('is none while %s', async (status) => {
    expect(await outIn({ status, encumbrance: { reserved: RESERVED, disbursed: DISBURSED }, balance })).toEqual([]);
  });
});
