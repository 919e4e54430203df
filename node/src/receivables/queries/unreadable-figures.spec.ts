import { ReceivedStatements } from '../commands/received-statements.js';
import type { Hex } from '../../kernel/hex.js';
import type { Receivable } from '../domain/receivable.js';
import type { ReceivableLogStore } from '../storage/receivable-log.store.js';
import type { CommittedFields } from './committed-fields.js';
import { Debts } from './debts.js';
import { Deductions } from './deductions.js';
import type { Receivables } from './receivables.js';
import { Statements } from './statements.js';
import type { Undertakings } from './undertakings.js';

const id: Hex = `0x${'11'.repeat(32)}`;
const place = { block: 5, log: 0, tx: id, at: 1_795_000_000 };
const receivable = { id, orders: [] as Hex[] } as unknown as Receivable;

/** A receivable of 100 GBP with one acknowledged payment, of which another member disclosed these fields. */
function saying(payment: Record<string, string>) {
  const row = { receivable: id, commitment: id, entry: 0, claimed: place, acknowledged: place, settles: false };
  const none = () => Promise.resolve([]);
  const log = {
    payments: () => Promise.resolve([row]),
    creditNotes: none,
    disputes: none,
  } as unknown as ReceivableLogStore;
  const fields = {
    of: () => Promise.resolve(new Map([[id, new Map(Object.entries(payment))]])),
  } as unknown as CommittedFields;
  const terms = { amount: '100.00', currency: 'GBP', waivesDefences: false };
  const undertakings = { require: () => Promise.resolve(terms) } as unknown as Undertakings;
  const receivables = { encumbranceHistory: none } as unknown as Receivables;
  const debts = new Debts(receivables, new Statements(log, fields), undertakings, fields);
  return { debts, deductions: new Deductions(log, fields) };
}

const deducted = async (payment: Record<string, string>) =>
  (await saying(payment).deductions.of(new Map([[id, 'GBP']]))).get(id)?.map(({ amount }) => amount?.toString());
const owed = async (payment: Record<string, string>) =>
  (await saying(payment).debts.outstanding(receivable)).toFixed(2);

describe("figures in another member's statement that cannot be read", () => {
  it.each(['abc', '1e9', '', '-40.00'])('lower cover by all and the debt by nothing: %j', async (amount) => {
    expect(await deducted({ '/amount': amount, '/currency': 'GBP' })).toEqual([undefined]);
    expect(await owed({ '/amount': amount, '/currency': 'GBP' })).toBe('100.00');
  });

  it.each([
    ['40.005', 'GBP'],
    ['0.001', 'GBP'],
    ['40.00', 'EUR'],
    ['40', 'JPY'],
  ])('are those finer than can be paid or in another currency: %s %s', async (amount, currency) => {
    expect(await deducted({ '/amount': amount, '/currency': currency })).toEqual([undefined]);
    expect(await owed({ '/amount': amount, '/currency': currency })).toBe('100.00');
  });

  it('are told from those that can', async () => {
    expect(await deducted({ '/amount': '40.00', '/currency': 'GBP' })).toEqual(['40']);
    expect(await owed({ '/amount': '40.00', '/currency': 'GBP' })).toBe('60.00');
  });

  it('are refused on arrival, before anything is looked up', async () => {
    const nothing = undefined as never;
    const envelope = {
      type: 'payment.document',
      object: id,
      body: { content: { amount: 'abc', currency: 'GBP', reference: 'R', paidTo: 'b' }, seed: id },
    } as never;
    const received = new ReceivedStatements(nothing, nothing, nothing, nothing);
    await expect(received.takeStatement(envelope, 'PAYMENT', [])).rejects.toMatchObject({ code: 'STATEMENT_INVALID' });
  });
});
