import type { Hex } from '../../../kernel/hex.js';
import { ClaimPayment } from '../claim-payment.js';
import { SplitGuard } from './split-guard.js';

const id: Hex = `0x${'11'.repeat(32)}`;
const make = <T>(type: new (...args: never[]) => T, ...parts: unknown[]): T => new type(...(parts as never[]));
const answering = (value: unknown) => () => Promise.resolve(value);

describe('a split of a receivable whose order', () => {
  const order: Hex = `0x${'22'.repeat(32)}`;
  const receivable = { id, orders: [order], status: 'CONFIRMED', openDisputes: 0, marks: [], obligor: 1 } as never;
  const guarded = (status: string) =>
    make(
      SplitGuard,
      { encumbrancesOn: answering([]) },
      { payments: answering([]) },
      {},
      { underWay: answering([]) },
      { findMany: answering([{ id: order, status }]) },
    ).require(receivable);

  it('is cancelled is refused: no part of it could be financed', async () => {
    await expect(guarded('CANCELLED')).rejects.toMatchObject({
      code: 'ORDER_NOT_IN_FORCE',
      facts: { order, status: 'CANCELLED' },
    });
  });

  it.each(['ACCEPTED', 'COMPLETED'])('is %s is not', async (status) => {
    await guarded(status);
  });
});

describe('a split of a receivable on which the obligor says it paid', () => {
  const receivable = { id, orders: [], status: 'CONFIRMED', openDisputes: 0, marks: [], obligor: 1 } as never;
  const guarded = (payments: unknown[], underWay: Hex[] = [], terms: unknown = { currency: 'GBP' }) =>
    make(
      SplitGuard,
      { encumbrancesOn: answering([]) },
      { payments: answering(payments) },
      { of: answering(terms) },
      { underWay: (act: string) => Promise.resolve(act === 'claimPayment' ? underWay : []) },
      { findMany: answering([]) },
    ).require(receivable);
  const at = { block: 7 };
  const waiting = { entry: 2, acknowledged: null, withdrawn: null };
  const open = { code: 'SPLIT_PAYMENT_OPEN', facts: { receivable: id, payments: [2] } };

  it('is refused until each payment was acknowledged or withdrawn', async () => {
    const paid = { entry: 1, acknowledged: at, withdrawn: null };
    const withdrawn = { entry: 3, acknowledged: null, withdrawn: at };
    await expect(guarded([paid, waiting, withdrawn])).rejects.toMatchObject(open);
    await guarded([paid, withdrawn]);
    await guarded([]);
  });

  it('does not wait for one that can never count, as far as its document is here', async () => {
    const saying = (fields: Record<string, string>) => ({ ...waiting, fields: new Map(Object.entries(fields)) });
    const none: Record<string, string>[] = [
      { '/currency': 'EUR' },
      { '/amount': '9.00', '/currency': 'EUR' },
      { '/amount': '9.001' },
    ];
    await guarded(none.map(saying));
    const some: Record<string, string>[] = [
      {},
      { '/currency': 'GBP' },
      { '/amount': '9.00' },
      { '/amount': '9.00', '/currency': 'GBP' },
    ];
    for (const fields of some) await expect(guarded([saying(fields)])).rejects.toMatchObject(open);
    await expect(guarded(none.map(saying), [], null)).rejects.toMatchObject({ code: 'SPLIT_PAYMENT_OPEN' });
  });

  it('is refused while the claim to have paid is on its way to the chain', async () => {
    await expect(guarded([], [id])).rejects.toMatchObject({ code: 'SPLIT_PAYMENT_OPEN' });
  });
});

describe('a payment on a receivable whose split was signed', () => {
  /** What was done, in its order, when the newest split stands like this. */
  async function claiming(status: string | undefined): Promise<string[]> {
    const done: string[] = [];
    const doing =
      (what: string, value: unknown = undefined) =>
      () =>
        Promise.resolve((done.push(what), value));
    const claim = make(
      ClaimPayment,
      { begin: answering({ receivable: { id, orders: [] } }), submit: doing('submit', 'S') },
      { byId: answering({ name: 'supplier-1' }) },
      { require: answering({ currency: 'GBP' }) },
      { entitled: answering(2) },
      { open: doing('look', status && { status }) },
      { lockReceivable: doing('lock') },
      { write: answering({ root: id, seed: id }) },
      { tell: answering(undefined) },
      { underWay: answering([]) },
    );
    await claim.run(id, { amount: '40.00', reference: 'R-1' });
    return done;
  }

  it('is not claimed while that is on its way, and else keeps others from signing meanwhile', async () => {
    await expect(claiming('SIGNED')).rejects.toMatchObject({ code: 'TRY_AGAIN', facts: { receivable: id } });
    expect(await claiming('REQUESTED')).toEqual(['lock', 'look', 'submit']);
    expect(await claiming(undefined)).toEqual(['lock', 'look', 'submit']);
  });
});
