import { nodeKeysOf, VaultCipher } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderNumbers } from './order-numbers.js';

const EXPIRY = 100;
const orderId: Hex = `0x${'11'.repeat(32)}`;
const order = { numberKey: 'PO1', document: { model: { number: 'PO-1' } }, fields: [] } as never;
const posting = { orderId, numberKey: 'PO1', submission: 's', framework: null };

/** Numbers of which one was posted, by a clock that goes on by so much while the order is read. */
function numbersAt(
  timestamp: number,
  passing: number,
  order?: object,
  status = 'SENT',
  load: () => Promise<unknown> = () => Promise.resolve(undefined),
): OrderNumbers {
  let now = timestamp;
  return new OrderNumbers(
    { lock: () => Promise.resolve(), of: () => Promise.resolve([posting]) } as never,
    { find: () => Promise.resolve(((now += passing), order)) } as never,
    { get: () => Promise.resolve({ status }) } as never,
    { load } as never,
    { find: load } as never,
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

describe('what cannot be read', () => {
  const cipher = new VaultCipher(nodeKeysOf(`0x${'01'.repeat(32)}`));
  const sealed = new VaultCipher(nodeKeysOf(`0x${'02'.repeat(32)}`)).seal('id', Buffer.from('order'));

  it.each([1, 2])('says of version %s neither that it is the same nor that it is not', async (version) => {
    const load = async () => Promise.resolve(cipher.open('id', sealed));
    await expect(load()).rejects.toMatchObject({ code: 'VAULT_KEY_MISSING' });
    const asked = numbersAt(1, 0, { ...offered, version }, 'SENT', load).requireFree([order]);
    await expect(asked).rejects.toMatchObject({ status: 409, facts: { order: orderId, same: null } });
  });

  it('is told as it is when it is no key that is missing', async () => {
    const load = () => Promise.reject(new Error('the row was altered'));
    await expect(numbersAt(1, 0, offered, 'SENT', load).requireFree([order])).rejects.toThrow('the row was altered');
  });
});
