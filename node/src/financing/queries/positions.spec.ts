import type { Financing } from '../domain/financing.js';
import { Positions } from './positions.js';

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
