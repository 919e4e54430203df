import type { Hex } from '../../kernel/hex.js';
import { OrderNumbers } from './order-numbers.js';

const EXPIRY = 100;
const orderId: Hex = `0x${'11'.repeat(32)}`;
const order = { numberKey: 'PO1', document: { model: { number: 'PO-1' } }, fields: [] } as never;
const posting = { orderId, numberKey: 'PO1', submission: 's', framework: null };

/** Numbers of which one was posted, by a clock that goes on by so much while the order is read. */
function numbersAt(timestamp: number, passing: number, order?: object, status = 'SENT'): OrderNumbers {
  let now = timestamp;
  return new OrderNumbers(
    { lock: () => Promise.resolve(), of: () => Promise.resolve([posting]) } as never,
    { find: () => Promise.resolve(((now += passing), order)) } as never,
    { get: () => Promise.resolve({ status }) } as never,
    { load: () => Promise.resolve(undefined) } as never,
    { find: () => Promise.resolve(undefined) } as never,
    { current: () => ({ timestamp: now }) } as never,
  );
}

const offered = { status: 'POSTED', expiry: EXPIRY };

it.each([
  ['whose order is on its way', numbersAt(1, 0), true],
  ['whose order failed', numbersAt(1, 0, undefined, 'REFUSED'), false],
  ['whose offer stands', numbersAt(EXPIRY, 0, offered), true],
  ['whose offer has lapsed', numbersAt(EXPIRY + 1, 0, offered), false],
  // Blocks came in between, and in one of them it may have been accepted.
  ['whose offer stood by the clock before it was read', numbersAt(EXPIRY, 2, offered), true],
])('an order number %s is taken: %#', async (_, numbers, taken) => {
  const asked = numbers.requireFree([order]);
  if (taken) await expect(asked).rejects.toMatchObject({ code: 'ORDER_NUMBER_ALREADY_POSTED' });
  else await expect(asked).resolves.toBeUndefined();
});
