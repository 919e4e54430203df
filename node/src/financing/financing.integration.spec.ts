import { eventually, type Json } from '../../../scripts/demo/client.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { UnitOfWork } from '../database/index.js';
import type { Hex } from '../kernel/hex.js';
import { EvidenceStore } from './storage/evidence.store.js';
import { arrives, made, Story } from './testing/story.js';

const DAY = 86_400;

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

    const verdict = await bankA.get(`/v1/receivables/${receivable}/verification`);
    expect(verdict.body).toMatchObject({ valid: true, trust: 'own-rpc' });

    await story.offered('bank-a', first);
    await story.offered('bank-b', second);
    expect(made(await supplier.post(`/v1/financings/${first}/agreement`))).toMatchObject({
      status: 'AGREED',
      encumbrance: { state: 'RESERVED', noticeGiven: false },
    });
    const refused = await supplier.post(`/v1/financings/${second}/agreement`);
    expect(refusalOf(refused)).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);

    const other = await bankB.get(`/v1/receivables/${receivable}/verification`);
    expect(other.body['valid']).toBe(false);

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

    const over = await eventually(
      () => bankA.get(`/v1/receivables/${receivable}`),
      ({ status }) => status === 403,
    );
    expect(over.status).toBe(403);
    const [holders, lenders] = [supplier, bankA].map((member) => member.get(`/v1/financings/${first}`));
    const { due, applied } = (await holders!).body;
    expect((await lenders!).body).toMatchObject({ due, applied });
    expect(Number(((applied as Json)['reserve'] as Json)['amount'])).toBeGreaterThan(0);
  }, 120_000);

  it('leaves what was paid to its holder confirmed, which the holder settles by its word once it is released', async () => {
    const receivable = await story.confirmed({ number: 'PO-WORD' });
    const bank = story.bank('bank-a');
    const financing = await story.requested('bank-a', { receivable });
    await story.offered('bank-a', financing);
    await story.disbursed('bank-a', financing);
    const settle = () => story.supplier.post(`/v1/receivables/${receivable}/settlement`);
    expect(await settle()).toMatchObject({
      status: 409,
      body: { code: 'DEBT_OUTSTANDING', facts: { outstanding: '96.75' } },
    });

    const payments = `/v1/receivables/${receivable}/payments`;
    made(await story.core.post(payments, { amount: '96.75', reference: 'SEPA-9' }));
    await arrives(
      () => story.supplier.get(payments),
      ({ items }) => (items as { amount?: unknown }[])[0]?.amount !== undefined,
    );
    const counted = made(await story.supplier.post(`${payments}/1/acknowledgement`));
    expect(counted).toMatchObject({ status: 'ACKNOWLEDGED', settles: false });
    expect(refusalOf(await settle())).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);

    made(await bank.post(`/v1/financings/${financing}/release`, { reason: 'repaid' }));
    await arrives(
      () => story.supplier.get(`/v1/receivables/${receivable}`),
      ({ encumbrance }) => (encumbrance as { state: string }).state === 'NONE',
    );
    const byObligor = await story.core.post(`/v1/receivables/${receivable}/settlement`);
    expect(byObligor.status).toBe(403);
    expect(made(await settle())).toMatchObject({ status: 'SETTLED', outstanding: { amount: '0.00' } });
    expect(refusalOf(await settle())).toEqual([409, 'RECEIVABLE_INVALID_TRANSITION']);
  }, 120_000);

  it('is reserved for one of two lenders that are agreed with at once', async () => {
    const receivable = await story.confirmed({ number: 'PO-RACE' });
    const banks = ['bank-a', 'bank-b'];
    const financings = await Promise.all(banks.map((bank) => story.requested(bank, { receivable })));
    await Promise.all(financings.map((id, i) => story.offered(banks[i]!, id)));
    const answers = await Promise.all(financings.map((id) => story.supplier.post(`/v1/financings/${id}/agreement`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body['code']).toBe('RECEIVABLE_ALREADY_ENCUMBERED');
    const statuses = await Promise.all(financings.map((id) => story.supplier.get(`/v1/financings/${id}`)));
    expect(statuses.map(({ body }) => body['status']).sort()).toEqual(['AGREED', 'OFFERED']);
  });

  it('shows a lender what it was granted, and names and goods to nobody else', async () => {
    const receivable = await story.confirmed({ number: 'PO-SHOWN' });
    const bank = story.bank('bank-a');
    const { body } = await story.supplier.get(`/v1/receivables/${receivable}`);
    const order = (body['orders'] as string[])[0]!;
    expect(refusalOf(await bank.get(`/v1/receivables/${receivable}`))).toEqual([403, 'RECEIVABLE_NOT_DISCLOSED']);
    expect(refusalOf(await bank.get(`/v1/orders/${order}`))).toEqual([403, 'ORDER_NOT_DISCLOSED']);
    const financing = await story.requested('bank-a', { receivable });
    const [claim, purchase] = [await bank.get(`/v1/receivables/${receivable}`), await bank.get(`/v1/orders/${order}`)];
    expect(claim.body).toMatchObject({ amount: { amount: '107.50' }, confirmed: { amount: '96.75' } });
    expect(purchase.body).toMatchObject({ number: 'PO-SHOWN', amount: '107.50', currency: 'GBP' });
    const rows = await nodes
      .of('bank-a')
      .app.get(EvidenceStore)
      .of(financing as Hex);
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['INVOICE', 'CONFIRMATION', 'ORDER', 'RECEIPT']));
    expect(JSON.stringify(rows)).not.toMatch(/Kestrel|Halden|RING/);
    expect((await story.bank('bank-b').get(`/v1/financings/${financing}`)).status).toBe(404);
    expect((await story.core.get(`/v1/financings/${financing}`)).status).toBe(404);
    expect((await bank.get('/v1/receivables')).body['items']).toContainEqual(
      expect.objectContaining({ id: receivable }),
    );
  });
});

describe('an advance that the cover no longer reaches', () => {
  const news = (member: string) =>
    nodes
      .of(member)
      .app.get(UnitOfWork)
      .manager.query<{ type: string; data: Json }[]>(
        `SELECT type, data FROM event_news WHERE type LIKE 'financing.cover.%' ORDER BY seq`,
      );
  const seen = (member: string, financing: string, type: string) =>
    arrives(
      async () => ({ status: 200, body: { items: await news(member) } }) as never,
      ({ items }) =>
        (items as { type: string; data: Json }[]).some((n) => n.type === type && n.data['financing'] === financing),
    );

  it('is told to its lender by itself, with what caused it, and in the verdict', async () => {
    const { core, supplier } = story;
    const bank = story.bank('bank-a');
    const receivable = await story.confirmed({ number: 'PO-SHORT' });
    const financing = await story.requested('bank-a', { receivable });
    await story.offered('bank-a', financing);
    await story.disbursed('bank-a', financing);
    expect((await bank.get(`/v1/financings/${financing}`)).body).toMatchObject({
      shortfall: null,
      shortfallCauses: [],
    });

    const order = ((await supplier.get(`/v1/receivables/${receivable}`)).body['orders'] as string[])[0]!;
    const [receipt] = (await core.get(`/v1/orders/${order}/milestones`)).body['items'] as Json[];
    const lines = [{ id: '1', item: 'RING', unit: 'C62', quantity: 70, orderLine: '1' }];
    const document = { kind: 'RECEIPT', issueDate: '2026-11-11', lines };
    const correction = { kind: 'RECEIVED', supersedes: receipt!['entry'], document };
    made(await core.post(`/v1/orders/${order}/milestones`, correction));
    const short = await arrives(
      () => bank.get(`/v1/financings/${financing}`),
      ({ shortfall, shortfallCauses }) => shortfall !== null && (shortfallCauses as Json[]).length > 0,
    );
    expect(short).toMatchObject({
      cover: { amount: '75.25' },
      shortfall: { amount: '4.75', currency: 'GBP' },
      shortfallCauses: [{ event: 'MilestoneRecorded', object: order }],
    });
    await seen('bank-a', financing, 'financing.cover.short');
    await seen('supplier-1', financing, 'financing.cover.short');
    const told = (await news('bank-a')).filter(({ data }) => data['financing'] === financing);
    expect(told).toMatchObject([{ data: { causes: [{ event: 'MilestoneRecorded', object: order }] } }]);
    expect(JSON.stringify(told)).not.toMatch(/4\.75|75\.25/);
    const { body: verdict } = await bank.get(`/v1/receivables/${receivable}/verification`);
    expect(verdict['valid']).toBe(false);
    const fragment = (verdict['fragments'] as Json[]).find(
      ({ reason }) => (reason as Json)['code'] === 'ADVANCE_EXCEEDS_COVER',
    );
    expect(fragment).toMatchObject({ kind: 'COVER', data: { financing, shortfall: { amount: '4.75' } } });
    expect(JSON.stringify((await supplier.get(`/v1/receivables/${receivable}/verification`)).body)).not.toContain(
      'ADVANCE_EXCEEDS_COVER',
    );

    const dispute = made(await core.post(`/v1/receivables/${receivable}/disputes`, { amount: '5', reason: 'bent' }));
    await arrives(
      () => bank.get(`/v1/financings/${financing}`),
      ({ shortfall }) => (shortfall as Json | null)?.['amount'] === '9.75',
    );
    made(await core.post(`/v1/receivables/${receivable}/disputes/${String(dispute['n'])}/resolution`));
    const repayment = { amount: { amount: '5.00', currency: 'GBP' }, reference: 'R-1' };
    made(await bank.post(`/v1/financings/${financing}/repayments`, repayment));
    await seen('bank-a', financing, 'financing.cover.restored');
    expect((await bank.get(`/v1/financings/${financing}`)).body).toMatchObject({
      shortfall: null,
      shortfallCauses: [],
    });
  }, 60_000);

  it('of an order counts what was delivered and invoiced since', async () => {
    const bank = story.bank('bank-a');
    const order = await story.acceptedOrder('PO-SHORT-EARLY');
    const financing = await story.requested('bank-a', { order }, '60.00');
    await story.offered('bank-a', financing, { advance: '60.00', kind: 'PLEDGE' });
    await story.disbursed('bank-a', financing);
    const shortfall = async () => (await bank.get(`/v1/financings/${financing}`)).body['shortfall'];
    expect(await shortfall()).toBeNull();
    await story.receive(order, 40);
    const invoice = story.invoiceOf('PO-SHORT-EARLY', {
      ...{ amount: '43.00', taxAmount: '3.00' },
      lines: [{ id: '1', item: 'RING', unit: 'C62', quantity: 40, amount: '40.00', orderLine: '1' }],
    });
    const receivable = await story.issued(order, invoice);
    await story.confirm(receivable, {});
    // 80 % of the 64.50 that are not invoiced yet, and the 43.00 that are: more than the 60.00 advanced.
    await arrives(
      () => bank.get(`/v1/receivables/${receivable}/cover`),
      ({ cover }) => (cover as Json | undefined)?.['amount'] === '0.00',
    );
    expect(await shortfall()).toBeNull();
  }, 60_000);
});

describe('an offer', () => {
  let receivable: string;
  let financing: string;

  beforeAll(async () => {
    receivable = await story.confirmed({ number: 'PO-OFFER' });
    financing = await story.requested('bank-a', { receivable });
  });

  it('is refused beyond cover, in another currency, without time, and to the holder', async () => {
    const offer = async (more: Json) =>
      story.bank('bank-a').post(`/v1/financings/${financing}/offer`, await story.terms(more));
    expect((await offer({ advance: '96.76' })).body).toMatchObject({
      code: 'ADVANCE_EXCEEDS_COVER',
      facts: { advance: '96.76', cover: '96.75', exceedsBy: '0.01' },
    });
    const now = await story.now();
    const time = (seconds: number) => new Date((now + seconds) * 1000).toISOString();
    const wrong: [Json, number, string][] = [
      [{ advance: { amount: '80', currency: 'EUR' } }, 422, 'CURRENCY_MISMATCH'],
      [{ advance: '-1' }, 422, 'AMOUNT_INVALID'],
      [{ expiresAt: time(-10) }, 422, 'OFFER_TERMS_INVALID'],
      [{ disburseBy: time(6 * DAY) }, 422, 'OFFER_TERMS_INVALID'],
      [{ discountBps: -1 }, 400, 'REQUEST_INVALID'],
      [{ kind: 'GIFT' }, 400, 'REQUEST_INVALID'],
    ];
    for (const [more, status, code] of wrong) expect(refusalOf(await offer(more))).toEqual([status, code]);
    const byHolder = await story.supplier.post(`/v1/financings/${financing}/offer`, await story.terms());
    expect(refusalOf(byHolder)).toEqual([403, 'FINANCING_UNAUTHORIZED']);
    const early = await story.supplier.post(`/v1/financings/${financing}/agreement`);
    expect(refusalOf(early)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);
  });

  it('goes stale when something lowers the cover, and only then', async () => {
    await story.offered('bank-a', financing);
    const { core, supplier } = story;
    const dispute = made(await core.post(`/v1/receivables/${receivable}/disputes`, { amount: '5', reason: 'bent' }));
    await arrives(
      () => supplier.get(`/v1/receivables/${receivable}`),
      ({ openDisputes }) => openDisputes === 1,
    );
    made(await core.post(`/v1/receivables/${receivable}/disputes/${String(dispute['n'])}/resolution`));
    await arrives(
      () => supplier.get(`/v1/receivables/${receivable}`),
      ({ openDisputes }) => openDisputes === 0,
    );
    const stale = await supplier.post(`/v1/financings/${financing}/agreement`);
    expect(refusalOf(stale)).toEqual([409, 'CONSENT_STALE']);
    expect((await supplier.get(`/v1/financings/${financing}`)).body['status']).toBe('OFFERED');
  });

  it('expires by block time; a declined and a withdrawn request end both sides', async () => {
    const { supplier } = story;
    const [bank, claim] = [story.bank('bank-a'), { receivable }];
    const [declined, withdrawn] = [await story.requested('bank-a', claim), await story.requested('bank-a', claim)];
    made(await bank.post(`/v1/financings/${declined}/review`));
    await arrives(
      () => supplier.get(`/v1/financings/${declined}`),
      ({ status }) => status === 'UNDER_REVIEW',
    );
    made(await bank.post(`/v1/financings/${declined}/decline`, { reason: 'limit' }));
    const told = await arrives(
      () => supplier.get(`/v1/financings/${declined}`),
      ({ status }) => status === 'DECLINED',
    );
    expect(told['declineReason']).toBe('limit');
    made(await supplier.post(`/v1/financings/${withdrawn}/withdrawal`));
    await arrives(
      () => bank.get(`/v1/financings/${withdrawn}`),
      ({ status }) => status === 'WITHDRAWN',
    );
    const late = await bank.post(`/v1/financings/${withdrawn}/offer`, await story.terms());
    expect(refusalOf(late)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);

    await nodes.passTime(3 * DAY);
    await arrives(
      () => supplier.get(`/v1/financings/${financing}`),
      ({ status }) => status === 'EXPIRED',
    );
    const expired = await supplier.post(`/v1/financings/${financing}/agreement`);
    expect(refusalOf(expired)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);
  });
});

describe('a reservation', () => {
  it('lapses by itself when undisbursed, or is dropped, and the claim is financed elsewhere', async () => {
    const receivable = await story.confirmed({ number: 'PO-LAPSE' });
    const { supplier } = story;
    const agreed = async (bank: string): Promise<string> => {
      const id = await story.requested(bank, { receivable });
      await story.offered(bank, id);
      made(await supplier.post(`/v1/financings/${id}/agreement`));
      await arrives(
        () => story.bank(bank).get(`/v1/financings/${id}`),
        ({ status }) => status === 'AGREED',
      );
      return id;
    };
    const dropped = await agreed('bank-b');
    expect(made(await story.bank('bank-b').post(`/v1/financings/${dropped}/drop`))['status']).toBe('EXPIRED');
    await arrives(
      () => supplier.get(`/v1/financings/${dropped}`),
      ({ status }) => status === 'EXPIRED',
    );

    const lapsed = await agreed('bank-b');
    await nodes.passTime(5 * DAY + 60);
    await arrives(
      () => supplier.get(`/v1/financings/${lapsed}`),
      ({ status }) => status === 'EXPIRED',
    );
    const late = await story.bank('bank-b').post(`/v1/financings/${lapsed}/disbursement`, { reference: 'late' });
    expect(refusalOf(late)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);
    const elsewhere = await agreed('bank-a');
    expect((await supplier.get(`/v1/financings/${elsewhere}`)).body['status']).toBe('AGREED');
    expect((await supplier.get(`/v1/financings/${lapsed}`)).body['status']).toBe('EXPIRED');
  });
});

describe('an order', () => {
  it('is financed before delivery, and what is out counts against its receivables', async () => {
    const { core, supplier } = story;
    const bank = story.bank('bank-a');
    const order = await story.acceptedOrder('PO-EARLY');
    const financing = await story.requested('bank-a', { order }, '50.00');
    const offer = async (more: Json) => bank.post(`/v1/financings/${financing}/offer`, await story.terms(more));
    const beyond = await offer({ advance: '86.01', kind: 'PLEDGE' });
    expect(beyond.body).toMatchObject({ code: 'ADVANCE_EXCEEDS_COVER', facts: { cover: '86.00' } });
    await story.offered('bank-a', financing, { advance: '50.00', kind: 'PLEDGE' });
    await story.disbursed('bank-a', financing);
    expect((await bank.get(`/v1/financings/${financing}`)).body).toMatchObject({
      ...{ order, status: 'DISBURSED', encumbrance: { state: 'PLEDGED' } },
      due: { principal: { amount: '50.00' }, fees: { amount: '0.50' }, reserve: { amount: '0.00' } },
    });
    const notice = await bank.post(`/v1/financings/${financing}/notice`);
    expect(refusalOf(notice)).toEqual([409, 'ENCUMBRANCE_ON_ORDER']);

    await story.receive(order, 100);
    const receivable = await story.issued(order, story.invoiceOf('PO-EARLY'));
    await story.confirm(receivable, {});
    const { body } = await supplier.get(`/v1/receivables/${receivable}/cover`);
    expect(body).toMatchObject({ cover: { amount: '57.50' } });
    expect((body['terms'] as Json[]).at(-1)).toMatchObject({ kind: 'ORDER_ADVANCE', amount: { amount: '-50.00' } });

    const foreign = await story.requested('bank-b', { receivable });
    const refused = await story.bank('bank-b').post(`/v1/financings/${foreign}/offer`, await story.terms());
    expect(refusalOf(refused)).toEqual([409, 'ORDER_ALREADY_ENCUMBERED']);

    const own = await story.requested('bank-a', { receivable });
    await story.offered('bank-a', own, { advance: '57.50' });
    await story.disbursed('bank-a', own);
    expect((await core.get(`/v1/registry/receivables/${receivable}`)).body).toMatchObject({
      encumbrance: { state: 'ASSIGNED' },
    });
    made(await bank.post(`/v1/financings/${financing}/repayments`, { amount: '60.00', reference: 'R' }));
    const told = await arrives(
      () => supplier.get(`/v1/financings/${financing}`),
      ({ repayments }) => (repayments as Json[]).length === 1,
    );
    const applied = Object.values(told['applied'] as Record<string, Json>).map(({ amount }) => Number(amount));
    expect(applied.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(60, 6);
    expect(told).toMatchObject({ status: 'REPAID', applied: { principal: { amount: '50.00' } } });
    made(await bank.post(`/v1/financings/${financing}/release`, { reason: 'repaid' }));
    expect(await story.supplier.get(`/v1/receivables/${receivable}/cover`)).toMatchObject({ status: 200 });
  }, 60_000);

  it('whose purchase order was posted twice is financed once', async () => {
    const first = await story.acceptedOrder('PO-TWICE');
    const second = await story.acceptedOrder('po-twice', { repeat: true });
    const statuses: unknown[] = [];
    for (const order of [first, second]) {
      const financing = await story.requested('bank-a', { order });
      await story.offered('bank-a', financing, { advance: '40', kind: 'PLEDGE' });
      const { status, body } = await story.supplier.post(`/v1/financings/${financing}/agreement`);
      statuses.push(status === 201 ? body['status'] : body['code']);
    }
    expect(statuses).toEqual(['AGREED', 'ORDER_TAG_TAKEN']);
  });
});

describe('the financing of an order, taken over by its invoice', () => {
  let order: string;
  let early: string;
  let receivable: string;
  let taking: string;
  const take = (more: Json = {}) =>
    story.supplier.post('/v1/financings', {
      ...{ receivable, lender: 'bank-a', requested: { amount: '60.00', currency: 'GBP' }, rollsOver: early },
      ...more,
    });

  beforeAll(async () => {
    order = await story.acceptedOrder('PO-ROLL');
    early = await story.requested('bank-a', { order }, '50.00');
    await story.offered('bank-a', early, { advance: '50.00', kind: 'PLEDGE' });
    await story.disbursed('bank-a', early);
    await story.receive(order, 100);
    receivable = await story.confirm(await story.issued(order, story.invoiceOf('PO-ROLL')), {});
  }, 120_000);

  it('is asked for by who had it, of the same lender, for what was born from that order', async () => {
    expect(refusalOf(await take({ lender: 'bank-b' }))).toEqual([409, 'ROLL_OVER_INVALID']);
    expect(refusalOf(await take({ rollsOver: `0x${'ab'.repeat(32)}` }))).toEqual([404, 'FINANCING_UNKNOWN']);
    const other = await story.confirmed({ number: 'PO-ROLL-2' });
    expect(refusalOf(await take({ receivable: other }))).toEqual([409, 'ROLL_OVER_INVALID']);
    const alone = await story.requested('bank-a', { receivable: other });
    expect(refusalOf(await take({ rollsOver: alone }))).toEqual([409, 'ROLL_OVER_INVALID']);
    taking = String(made(await take())['id']);
    await arrives(
      () => story.bank('bank-a').get(`/v1/financings/${taking}`),
      ({ rollsOver }) => rollsOver === early,
      60_000,
    );
  });

  it('is closed to other lenders until its own releases it', async () => {
    const foreign = await story.requested('bank-b', { receivable });
    const refused = await story.bank('bank-b').post(`/v1/financings/${foreign}/offer`, await story.terms());
    expect(refusalOf(refused)).toEqual([409, 'ORDER_ALREADY_ENCUMBERED']);
    const verdict = await story.bank('bank-b').get(`/v1/receivables/${receivable}/verification`);
    expect(JSON.stringify(verdict.body['fragments'])).toContain('ORDER_ALREADY_ENCUMBERED');
  });

  it('is paid off by the new advance, or not taken over', async () => {
    const { body } = await story.bank('bank-a').get(`/v1/financings/${early}`);
    const owed = (body['owed'] as Json)['amount'];
    const small = await story
      .bank('bank-a')
      .post(`/v1/financings/${taking}/offer`, await story.terms({ advance: '50.00' }));
    expect(small).toMatchObject({
      status: 409,
      body: { code: 'ROLL_OVER_TOO_SMALL', facts: { owed, advance: '50.00' } },
    });
    const beyond = await story
      .bank('bank-a')
      .post(`/v1/financings/${taking}/offer`, await story.terms({ advance: '107.51' }));
    expect(beyond.body).toMatchObject({ code: 'ADVANCE_EXCEEDS_COVER', facts: { cover: '107.50' } });
    await story.offered('bank-a', taking, { advance: '90.00' });
  });

  it('moves to the receivable in one transaction, once, however fast one clicks', async () => {
    const answers = await Promise.all([1, 2].map(() => story.supplier.post(`/v1/financings/${taking}/agreement`)));
    const taken = answers.filter(({ status }) => status === 201);
    expect(taken.length).toBeGreaterThanOrEqual(1);
    expect(taken[0]!.body).toMatchObject({ status: 'DISBURSED', rollsOver: early, encumbrance: { state: 'ASSIGNED' } });
    const closed = await arrives(
      () => story.bank('bank-a').get(`/v1/financings/${early}`),
      ({ status }) => status === 'CLOSED',
      60_000,
    );
    expect(closed).toMatchObject({ encumbrance: { state: 'NONE' }, owed: { amount: '0.00' } });
    expect(Number((closed['carriedOver'] as Json)['amount'])).toBeGreaterThanOrEqual(50);
    const { body } = await story.supplier.get(`/v1/receivables/${receivable}/cover`);
    expect(body).toMatchObject({ cover: { amount: '107.50' } });
    expect((await story.supplier.get(`/v1/registry/receivables/${receivable}`)).body).toMatchObject({
      encumbrance: { state: 'ASSIGNED' },
    });
    const again = await story.supplier.post(`/v1/financings/${taking}/agreement`);
    expect(refusalOf(again)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);
    expect(refusalOf(await take())).toEqual([409, 'ROLL_OVER_INVALID']);
    const foreign = await story.requested('bank-b', { receivable });
    const refused = await story.bank('bank-b').post(`/v1/financings/${foreign}/offer`, await story.terms());
    expect(refusalOf(refused)).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
    made(await story.bank('bank-a').post(`/v1/financings/${taking}/release`, { reason: 'given up' }));
    await arrives(
      () => story.bank('bank-b').get(`/v1/registry/receivables/${receivable}`),
      ({ encumbrance }) => (encumbrance as Json)['state'] === 'NONE',
      60_000,
    );
    await story.offered('bank-b', foreign);
    made(await story.supplier.post(`/v1/financings/${foreign}/withdrawal`));
    await arrives(
      () => story.bank('bank-b').get(`/v1/financings/${foreign}`),
      ({ status }) => status === 'WITHDRAWN',
    );
  }, 120_000);
});

describe('a registration elsewhere', () => {
  const first = { register: '中登网', number: '0731-2026-1', registeredAt: '2026-11-20T08:00:00+08:00' };
  const second = { ...first, number: '0731-2026-2', noticeGivenAt: '2026-11-21T00:00:00Z' };

  it('is recorded by holder and lender, shown to both, and in the verdict by priority', async () => {
    const receivable = await story.confirmed({ number: 'PO-REG' });
    const path = `/v1/receivables/${receivable}/registrations`;
    const bank = story.bank('bank-a');
    expect(refusalOf(await bank.post(path, first))).toEqual([403, 'REGISTRATION_UNAUTHORIZED']);
    expect((await story.core.post(path, first)).body['code']).toBe('REGISTRATION_UNAUTHORIZED');
    for (const wrong of [{ ...first, number: '' }, { ...first, registeredAt: 'yesterday' }, { register: 'x' }])
      expect((await story.supplier.post(path, wrong)).status).toBe(400);
    expect(made(await story.supplier.post(path, first))).toMatchObject({
      ...{ priority: 1, by: 'HOLDER', own: true, number: '0731-2026-1', registeredAt: '2026-11-20T00:00:00.000Z' },
    });
    const financing = await story.requested('bank-a', { receivable });
    await story.offered('bank-a', financing);
    await story.disbursed('bank-a', financing);
    expect(made(await bank.post(path, second))).toMatchObject({ priority: 2, by: 'LENDER', own: true });
    const both = [
      { priority: 1, by: 'HOLDER', number: '0731-2026-1' },
      { priority: 2, by: 'LENDER', number: '0731-2026-2', noticeGivenAt: '2026-11-21T00:00:00.000Z' },
    ];
    for (const client of [story.supplier, bank]) {
      const { registrations } = await arrives(
        () => client.get(`/v1/receivables/${receivable}`),
        ({ registrations }) => (registrations as Json[]).filter(({ number }) => number).length === 2,
        60_000,
      );
      expect(registrations).toMatchObject(both);
    }
    expect((await story.core.get(path)).body['items']).toMatchObject([{ priority: 1 }, { priority: 2 }]);
    expect(JSON.stringify((await story.core.get(path)).body)).not.toContain('0731');
    const verdict = await bank.get(`/v1/receivables/${receivable}/verification`);
    const encumbrance = (verdict.body['fragments'] as Json[]).find(({ kind }) => kind === 'ENCUMBRANCE')!;
    const numbers = both.map(({ priority, number }) => ({ priority, number }));
    expect(encumbrance).toMatchObject({ status: 'VALID', data: { registrations: numbers } });
    const file = await story.supplier.get(`/v1/receivables/${receivable}/proof`);
    const checked = await bank.call('POST', '/v1/verifications', { body: file.body });
    const offline = (checked.body['fragments'] as Json[]).find(({ kind }) => kind === 'ENCUMBRANCE');
    expect(offline).toMatchObject({ data: { registrations: numbers } });
  }, 120_000);
});

describe('rules that a lender sets', () => {
  let receivable: string;
  let version = 0;
  const set = async (...clauses: Json[]) => {
    made(await story.bank('bank-b').post('/v1/policies/member', { replaces: version, pack: { clauses } }));
    version += 1;
  };
  const offer = async (financing: string, more: Json = {}) =>
    story.bank('bank-b').post(`/v1/financings/${financing}/offer`, await story.terms(more));

  beforeAll(async () => {
    receivable = await story.confirmed({ number: 'PO-RULES' });
  }, 60_000);
  afterAll(() => set());

  it('refuse an offer, naming the clause', async () => {
    const financing = await story.requested('bank-b', { receivable });
    const refused = async (clause: Json) => {
      await set(clause);
      const { status, body } = await offer(financing);
      expect(status).toBe(409);
      expect(body).toMatchObject({
        code: 'POLICY_REFUSES',
        facts: { clause: clause['id'], kind: clause['kind'], scope: 'MEMBER', version },
      });
      return body['facts'];
    };
    await refused({ id: 'euro-only', kind: 'CURRENCIES', allowed: ['EUR'] });
    await refused({ id: 'short', kind: 'LONGEST_TENOR', days: 1 });
    const facts = { missing: ['INSPECTED'] };
    expect(
      await refused({ id: 'seen', kind: 'MINIMUM_MILESTONES', milestones: ['RECEIVED', 'INSPECTED'] }),
    ).toMatchObject(facts);
    const most = { amount: '100.00', currency: 'GBP' };
    await set({ id: 'one-name', kind: 'OBLIGOR_CONCENTRATION', most });
    made(await offer(financing));
    const second = await story.requested('bank-b', { receivable });
    expect((await offer(second, { advance: '20.01' })).body).toMatchObject({
      code: 'POLICY_REFUSES',
      facts: { clause: 'one-name', exceedsBy: { amount: '0.01' } },
    });
    made(await offer(second, { advance: '20.00' }));
  }, 60_000);

  it('have a second person approve what is above an amount, once', async () => {
    const financing = await story.requested('bank-b', { receivable });
    const above = { amount: '50.00', currency: 'GBP' };
    await set({ id: 'big', kind: 'FOUR_EYES', commands: ['POST /v1/financings/:id/offer'], above });
    const terms = await story.terms({ advance: '50.01' });
    const [first, second] = await Promise.all([
      nodes.of('bank-b').clientWith('LENDER_DESK'),
      nodes.of('bank-b').clientWith('LENDER_DESK'),
    ]);
    const ask = () => first.post(`/v1/financings/${financing}/offer`, terms);
    const answers = await Promise.all([ask(), ask()]);
    expect(answers.map(refusalOf)).toEqual([
      [409, 'APPROVAL_REQUIRED'],
      [409, 'APPROVAL_REQUIRED'],
    ]);
    const approval = String((answers[0]!.body['facts'] as Json)['approval']);
    expect((answers[1]!.body['facts'] as Json)['approval']).toBe(approval);
    expect((await first.get(`/v1/financings/${financing}`)).body['status']).toBe('REQUESTED');
    expect((await second.get('/v1/approvals')).body['items']).toMatchObject([
      { id: approval, status: 'PENDING', command: 'POST /v1/financings/:id/offer', clauses: [{ clause: 'big' }] },
    ]);
    expect(String((await second.get(`/v1/approvals/${approval}`)).body['body'])).toContain('50.01');
    const decide = (client: typeof first, decision: string) => client.post(`/v1/approvals/${approval}`, { decision });
    expect(refusalOf(await decide(first, 'APPROVE'))).toEqual([403, 'APPROVAL_FORBIDDEN']);
    const auditor = await nodes.of('bank-b').clientWith('AUDITOR');
    expect(refusalOf(await decide(auditor, 'APPROVE'))).toEqual([403, 'APPROVAL_FORBIDDEN']);
    expect((await auditor.get(`/v1/approvals/${approval}`)).body['body']).toBeNull();
    expect((await decide(second, 'APPROVE')).body).toMatchObject({ status: 'APPROVED' });
    expect(refusalOf(await decide(second, 'REJECT'))).toEqual([409, 'APPROVAL_SETTLED']);
    // Another command is not approved by it: not a smaller wording of the same, not the same by another caller.
    const other = await first.post(`/v1/financings/${financing}/offer`, { ...terms, advance: '50.02' });
    expect(refusalOf(other)).toEqual([409, 'APPROVAL_REQUIRED']);
    expect(refusalOf(await second.post(`/v1/financings/${financing}/offer`, terms))).toEqual([
      409,
      'APPROVAL_REQUIRED',
    ]);
    expect(made(await ask())['status']).toBe('OFFERED');
    expect((await second.get(`/v1/approvals/${approval}`)).body).toMatchObject({ status: 'USED', body: null });
    expect(refusalOf(await ask())).toEqual([409, 'APPROVAL_REQUIRED']);
    const small = await story.requested('bank-b', { receivable });
    made(await first.post(`/v1/financings/${small}/offer`, await story.terms({ advance: '50.00' })));
  }, 60_000);

  it('are versions: one that was changed meanwhile is not overwritten', async () => {
    const bank = story.bank('bank-b');
    const stale = await bank.post('/v1/policies/member', { replaces: version - 1, pack: { clauses: [] } });
    expect(refusalOf(stale)).toEqual([409, 'POLICY_STALE']);
    const wrong = { id: 'x', kind: 'CURRENCIES', allowed: ['XXQ'] };
    const twice = { id: 'x', kind: 'LONGEST_TENOR', days: 3 };
    for (const clauses of [[wrong], [twice, twice], [{ id: 'y', kind: 'GUESS' }]]) {
      const answer = await bank.post('/v1/policies/member', { replaces: version, pack: { clauses } });
      expect(refusalOf(answer)).toEqual([400, 'REQUEST_INVALID']);
    }
    const { items } = (await bank.get('/v1/policies/member')).body as { items: Json[] };
    expect(items.map((each) => each['version'])).toEqual(Array.from({ length: version }, (_, n) => version - n));
    const desk = await nodes.of('bank-b').clientWith('LENDER_DESK');
    expect((await desk.post('/v1/policies/member', { replaces: version, pack: { clauses: [] } })).status).toBe(403);
  });
});
