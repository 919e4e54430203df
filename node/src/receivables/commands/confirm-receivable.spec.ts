import { documentErased } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Rational } from '../../kernel/rational.js';
import { coverNotShown } from '../queries/covers.js';
import { ConfirmReceivable, type Confirmation } from './confirm-receivable.js';

const [CLAIM, ORDER]: [Hex, Hex] = [`0x${'0a'.repeat(32)}`, `0x${'0b'.repeat(32)}`];
const INVOICE = { amount: '107.50', currency: 'GBP', dueDate: '2027-02-01', instalment: 0, instalments: 1 };
const SCOPE = { waivesSetOff: false, waivesDefences: false, withoutReceipt: false };

/** What an obligor confirms of a claim whose cover is known or not, or the code of why it does not. */
async function confirmed(
  asked: Partial<Confirmation>,
  cover: string | undefined,
  { invoice = true, order = true } = {},
): Promise<unknown> {
  let content: unknown;
  const parts: unknown[] = [
    { begin: () => ({ receivable: { id: CLAIM, orders: [ORDER] }, self: {} }), submit: () => 'submission' },
    { requireMayBegin: () => undefined },
    {
      of: () =>
        cover === undefined
          ? Promise.reject(coverNotShown('what an inspector recorded is not here', {}))
          : Promise.resolve({ cover: { amount: Rational.parse(cover) }, payable: Rational.parse(INVOICE.amount) }),
    },
    {
      find: () =>
        Promise.resolve(
          invoice ? { ...INVOICE, issuer: 'a:1', obligor: 'a:2', number: '1', issueDate: '2027-01-01' } : undefined,
        ),
    },
    { requireNone: () => Promise.resolve() },
    {
      write: (_: unknown, { model }: { model: { content: unknown } }) => {
        content = model.content;
        return Promise.resolve({});
      },
    },
    { get: () => Promise.resolve({ id: ORDER }) },
    { fingerprints: () => Promise.resolve([]), orderTags: () => Promise.resolve({ tags: [] }) },
    { of: () => Promise.resolve(undefined) },
    { keepFingerprints: () => Promise.resolve() },
    { send: () => Promise.resolve() },
    {
      require: () => (order ? Promise.resolve({}) : Promise.reject(documentErased('its data key was destroyed', {}))),
    },
  ];
  const confirming = new (ConfirmReceivable as new (...args: never[]) => ConfirmReceivable)(...(parts as never[]));
  return confirming.run(CLAIM, { ...SCOPE, ...asked }).then(
    () => content,
    ({ code }: { code: string }) => code,
  );
}

it('is of what was received and accepted, by default', async () => {
  expect(await confirmed({}, '107.50')).toMatchObject({ amount: '107.50', withoutReceipt: false });
  expect(await confirmed({}, '96.75')).toBe('CONFIRMATION_EXCEEDS_COVER');
  expect(await confirmed({ amount: '96.75' }, '96.75')).toMatchObject({ amount: '96.75' });
});

it('is of whatever is payable without receipt, also while what somebody recorded of the goods is not here', async () => {
  expect(await confirmed({}, undefined)).toBe('COVER_NOT_SHOWN');
  const withoutReceipt = true;
  expect(await confirmed({ withoutReceipt }, undefined)).toMatchObject({ amount: '107.50', withoutReceipt });
  expect(await confirmed({ withoutReceipt, amount: '107.51' }, undefined)).toBe('CONFIRMATION_EXCEEDS_INVOICE');
});

it('waits for an invoice that is on its way, and for none that is not taken in since its order was erased here', async () => {
  const invoice = false;
  expect(await confirmed({}, '107.50', { invoice })).toBe('RECEIVABLE_DOCUMENT_MISSING');
  expect(await confirmed({}, '107.50', { invoice, order: false })).toBe('DOCUMENT_ERASED');
});
