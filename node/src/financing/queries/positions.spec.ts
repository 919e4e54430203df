import type { Financing } from '../domain/financing.js';
import { Positions } from './positions.js';
import { wordsOf } from './words.js';

const EXPIRES = 100;
const offered = {
  ...{ id: '0x01', object: '0x02', onOrder: false, status: 'OFFERED' },
  offer: { root: '0x03', terms: { expiresAt: EXPIRES }, certificate: { account: '0x04' } },
} as unknown as Financing;

/** Where an offer stands by a clock that goes on by so much while the chain's reservations are read. */
async function statusAt(timestamp: number, passing: number): Promise<string> {
  let now = timestamp;
  const positions = new Positions(
    {} as never,
    { of: () => Promise.resolve([]) } as never,
    { encumbranceHistory: () => Promise.resolve(((now += passing), [])) } as never,
    {} as never,
    {} as never,
    { current: () => ({ timestamp: now }) } as never,
  );
  return (await positions.of(offered)).status;
}

it('holds an offer for over only by reservations that were read when its time was', async () => {
  expect(await statusAt(EXPIRES, 0)).toBe('OFFERED');
  expect(await statusAt(EXPIRES + 1, 0)).toBe('EXPIRED');
  // Blocks came in between, and one of them may have the reservation.
  expect(await statusAt(EXPIRES, 2)).toBe('OFFERED');
});

it("counts a buy-back's price and shows it by one reading of the statement", async () => {
  const bought = {
    ...{ terms: '0x03', lender: '0x04', ending: 'REPURCHASED', releaseReason: '0x05' },
    ended: { at: 9 },
  };
  const statement = new Map([
    ['/amount', '7.00'],
    ['/currency', 'EUR'],
  ]);
  let known = new Map<string, typeof statement>();
  const positions = new Positions(
    {} as never,
    { of: () => Promise.resolve([]) } as never,
    { encumbranceHistory: () => Promise.resolve([{ ...bought, disbursed: { at: 1 } }]) } as never,
    {} as never,
    {
      of: () => {
        const found = known;
        known = new Map([['0x05', statement]]);
        return Promise.resolve(found);
      },
    } as never,
    { current: () => ({ timestamp: 0 }) } as never,
  );
  const terms = { advance: { amount: '5.00', currency: 'EUR' }, ...{ discountBps: 0, feeBps: 0, dayCount: 'ACT_360' } };
  const financing = {
    ...offered,
    onOrder: true,
    offer: { ...offered.offer, terms: { ...terms, repayBy: '2030-01-01' } },
  };
  const shown = async () => {
    const position = await positions.of(financing as unknown as Financing);
    return [position.balance!.applied.unapplied.toFixed(2), wordsOf(position).repurchased?.amount?.amount];
  };
  expect(await shown()).toEqual(['0.00', undefined]);
  expect(await shown()).toEqual(['2.00', '7.00']);
});
