import type { Hex } from '../../kernel/hex.js';
import type { CommittedFields } from '../queries/committed-fields.js';
import { Debts } from '../queries/debts.js';
import { Statements } from '../queries/statements.js';
import { Undertakings } from '../queries/undertakings.js';
import type { ReceivableLogStore } from '../storage/receivable-log.store.js';
import { AcknowledgePayment } from './acknowledge-payment.js';
import { ReceivePayment } from './receive-payment.js';

const id: Hex = `0x${'11'.repeat(32)}`;
const CONFIRMATION: Hex = `0x${'22'.repeat(32)}`;
const PAYMENT: Hex = `0x${'33'.repeat(32)}`;
const place = { block: 5, log: 0, tx: id, at: 1_795_000_000 };
const receivable = { id, orders: [] as Hex[], confirmation: CONFIRMATION, scope: 0 };
const none = () => Promise.resolve([]);
const make = <T>(type: new (...args: never[]) => T, ...parts: unknown[]): T => new type(...(parts as never[]));

/** 107.50 GBP, of which the obligor says to have paid just this. */
function owing(payment: Record<string, string> | undefined) {
  const row = {
    receivable: id,
    commitment: PAYMENT,
    entry: 1,
    claimed: place,
    acknowledged: null,
    withdrawn: null,
    settles: false,
  };
  const log = { payments: () => Promise.resolve([row]), creditNotes: none } as unknown as ReceivableLogStore;
  const confirmed = { '/amount': '107.50', '/currency': 'GBP', '/dueDate': '2026-12-01' };
  const known = new Map([[CONFIRMATION, new Map(Object.entries(confirmed))]]);
  if (payment) known.set(PAYMENT, new Map(Object.entries(payment)));
  const fields = { of: () => Promise.resolve(known) } as unknown as CommittedFields;
  return { log, statements: new Statements(log, fields), undertakings: new Undertakings(fields) };
}

/** What the payee's acknowledgement tells the chain: whether it settles. */
async function acknowledged(payment?: Record<string, string>): Promise<unknown> {
  const { statements, undertakings } = owing(payment);
  const receivables = { encumbranceHistory: none, encumbrancesOn: none };
  let settles: unknown;
  const submit = ({ args }: { args: unknown[] }) => Promise.resolve(void (settles = args[2]));
  const desk = { begin: () => Promise.resolve({ receivable }), submit };
  const payees = { own: () => Promise.resolve('0x') };
  const acknowledgements = { add: () => Promise.resolve(true) };
  const debts = make(Debts, receivables, statements, undertakings);
  const parts = [desk, receivables, payees, statements, debts, undertakings, acknowledgements];
  await make(AcknowledgePayment, ...parts).run(id, 1);
  return settles;
}

describe('a payment in another currency than was confirmed', () => {
  it.each([
    ['108', 'JPY'],
    ['107.50', 'EUR'],
  ])('does not count: %s %s', async (amount, currency) => {
    await expect(acknowledged({ '/amount': amount, '/currency': currency })).rejects.toMatchObject({
      code: 'CURRENCY_MISMATCH',
      facts: { receivable: id, n: 1, expected: 'GBP' },
    });
  });

  it('does not count either when its amount is none that can be paid, or is not here', async () => {
    const missing = { code: 'RECEIVABLE_DOCUMENT_MISSING' };
    await expect(acknowledged({ '/amount': '107.501', '/currency': 'GBP' })).rejects.toMatchObject(missing);
    await expect(acknowledged()).rejects.toMatchObject(missing);
  });

  it('is told from one in its own, which settles when nothing is left', async () => {
    expect(await acknowledged({ '/amount': '107.50', '/currency': 'GBP' })).toBe(true);
    expect(await acknowledged({ '/amount': '107.49', '/currency': 'GBP' })).toBe(false);
  });

  it('is not taken in from its obligor', async () => {
    const { log, statements, undertakings } = owing(undefined);
    const taken: unknown[] = [];
    const received = { takeStatement: (envelope: unknown) => Promise.resolve(void taken.push(envelope)) };
    const receivables = { get: () => Promise.resolve(receivable) };
    const receive = make(ReceivePayment, received, log, receivables, statements, undertakings);
    const saying = (amount: string, currency: string) => {
      const content = { amount, currency, reference: 'R-1', paidTo: 'supplier-1' };
      return receive.handle({ object: id, body: { content, seed: '0x' } } as never);
    };
    await expect(saying('108', 'JPY')).rejects.toMatchObject({ code: 'CURRENCY_MISMATCH' });
    expect(taken).toHaveLength(0);
    await saying('107.50', 'GBP');
    expect(taken).toHaveLength(1);
  });
});
