import type { Hex } from '../../kernel/hex.js';
import { chainEncumbrances } from './chain-encumbrances.js';
import { EncumbranceStore } from './encumbrance.store.js';

const OBJECT: Hex = `0x${'11'.repeat(32)}`;
const DISBURSE_BY = 100;
const reserved = { block: 5, log: 0, tx: `0x${'22'.repeat(32)}`, at: 90 };
const row = {
  ...Object.fromEntries(Object.keys(chainEncumbrances.columns).map((column) => [column, null])),
  ...{ object: Buffer.alloc(32, 0x11), on_order: false, lender: Buffer.alloc(20, 0x33), kind: 'ASSIGNMENT' },
  ...{ state: 'RESERVED', terms: Buffer.alloc(32, 0x44), disburse_by: String(DISBURSE_BY), cover_version: '0' },
  ...{ reserved_block: '5', reserved_log: 0, reserved },
};

/** A store by a clock that goes on by so much while its rows are read. */
function storeAt(timestamp: number, passing: number): EncumbranceStore {
  let now = timestamp;
  const read = () => Promise.resolve(((now += passing), [row]));
  return new EncumbranceStore({ read } as never, { current: () => ({ timestamp: now }) } as never);
}

it.each([
  ['runs until its last second', DISBURSE_BY, 0, ['RESERVED']],
  ['has lapsed after it', DISBURSE_BY + 1, 0, []],
  // Blocks came in between, and in one of them the money may have gone out.
  ['runs by rows that are older than the clock is now', DISBURSE_BY, 2, ['RESERVED']],
] as const)('a reservation %s', async (_, timestamp, passing, states) => {
  const running = await storeAt(timestamp, passing).running([OBJECT]);
  expect(running.map(({ state }) => state)).toEqual(states);
});
