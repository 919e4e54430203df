import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { arrives, made, Story } from './testing/story.js';

let nodes: TestNodes;
let story: Story;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a', 'bank-b']);
  story = new Story(nodes);
}, 120_000);

afterAll(() => nodes?.stop());

describe('a receivable', () => {
  it('is financed once, from issue to release', async () => {
    const { core, supplier } = story;
    const [bankA, bankB] = [story.bank('bank-a'), story.bank('bank-b')];
    const receivable = await story.confirmed({ number: 'PO-MAIN' });
    const cover = await supplier.get(`/v1/receivables/${receivable}/cover`);
    expect(cover.body).toMatchObject({ cover: { amount: '96.75', currency: 'GBP' } });

    const [first, second] = [
      await story.requested('bank-a', { receivable }),
      await story.requested('bank-b', { receivable }),
    ];
    const shown = await bankA.get(`/v1/receivables/${receivable}`);
    expect(shown.body).toMatchObject({ status: 'CONFIRMED', number: 'INV-PO-MAIN', amount: { amount: '107.50' } });
    const computed = await bankA.get(`/v1/receivables/${receivable}/cover`);
    expect(computed.body['cover']).toEqual({ amount: '96.75', currency: 'GBP' });
    expect(computed.body['terms']).toEqual(cover.body['terms']);

    await story.offered('bank-a', first);
    await story.offered('bank-b', second);
    expect(made(await supplier.post(`/v1/financings/${first}/agreement`))).toMatchObject({
      status: 'AGREED',
      encumbrance: { state: 'RESERVED', noticeGiven: false },
    });
    const refused = await supplier.post(`/v1/financings/${second}/agreement`);
    expect(refusalOf(refused)).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);

    await arrives(
      () => bankA.get(`/v1/financings/${first}`),
      ({ status }) => status === 'AGREED',
    );
    const paidOut = made(await bankA.post(`/v1/financings/${first}/disbursement`, { reference: 'E2E-1' }));
    expect(paidOut).toMatchObject({ status: 'DISBURSED', encumbrance: { state: 'ASSIGNED' } });
    await arrives(
      () => supplier.get(`/v1/financings/${first}`),
      ({ status, disbursementReference }) => status === 'DISBURSED' && disbursementReference === 'E2E-1',
    );

    made(await bankA.post(`/v1/financings/${first}/notice`, { instruction: 'IBAN ...' }));
    await arrives(
      () => core.get(`/v1/receivables/${receivable}`),
      ({ notice }) => notice !== undefined,
    );
    const notified = made(await core.post(`/v1/receivables/${receivable}/notice/acknowledgement`));
    expect(notified).toMatchObject({ encumbrance: { state: 'NOTIFIED' }, notice: { lender: 'bank-a' } });

    const payment = made(
      await core.post(`/v1/receivables/${receivable}/payments`, { amount: '96.75', reference: 'SEPA-1' }),
    );
    expect(payment).toMatchObject({ n: 1, status: 'CLAIMED', paidTo: 'bank-a', amount: { amount: '96.75' } });
    const bankSees = () => bankA.get(`/v1/receivables/${receivable}/payments`);
    await arrives(bankSees, ({ items }) => (items as { amount?: unknown }[])[0]?.amount !== undefined);
    const byHolder = await supplier.post(`/v1/receivables/${receivable}/payments/1/acknowledgement`);
    expect(refusalOf(byHolder)).toEqual([403, 'PAYMENT_NOT_PAYEE']);
    const counted = made(await bankA.post(`/v1/receivables/${receivable}/payments/1/acknowledgement`));
    expect(counted).toMatchObject({ status: 'ACKNOWLEDGED', settles: true });
    await arrives(
      () => supplier.get(`/v1/receivables/${receivable}`),
      ({ status }) => status === 'SETTLED',
    );

    const repaid = made(
      await bankA.post(`/v1/financings/${first}/repayments`, {
        amount: { amount: '96.75', currency: 'GBP' },
        reference: 'SEPA-1',
      }),
    );
    expect(repaid).toMatchObject({ status: 'REPAID', owed: { amount: '0.00' } });
    expect(made(await bankA.post(`/v1/financings/${first}/release`, { reason: 'repaid' }))).toMatchObject({
      status: 'CLOSED',
      encumbrance: { state: 'NONE' },
    });
    const closed = await arrives(
      () => supplier.get(`/v1/financings/${first}`),
      ({ releaseReason }) => releaseReason !== null,
    );
    expect(closed).toMatchObject({ status: 'CLOSED', releaseReason: 'repaid', repayments: [{ n: 1 }] });
    expect((await bankB.get(`/v1/financings/${second}`)).body).toMatchObject({ status: 'OFFERED' });
  }, 120_000);
});
