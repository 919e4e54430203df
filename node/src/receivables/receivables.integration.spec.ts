import type { Json } from '../../../scripts/demo/client.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { eventually } from '../../../test/support/eventually.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { UnitOfWork } from '../database/index.js';
import { Exchange } from '../exchange/index.js';
import { arrives, made, Story } from '../financing/testing/story.js';
import type { Hex } from '../kernel/hex.js';
import { ForgetFingerprintChecks } from './storage/forget-fingerprint-checks.handler.js';

let nodes: TestNodes;
let story: Story;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a']);
  story = new Story(nodes);
});

afterAll(() => nodes?.stop());

let count = 0;
const newNumber = (): string => `PO-R${++count}`;
/** Once the supplier has the documents that decide it. */
const coverOf = async (id: string): Promise<unknown> => {
  const body = await arrives(
    () => story.supplier.get(`/v1/receivables/${id}/cover`),
    () => true,
  );
  return (body['cover'] as Json)['amount'];
};

describe('issuing a receivable', () => {
  const issue = (order: string, document: Json) => story.supplier.post(`/v1/receivables?order=${order}`, { document });

  it('refuses an invoice that is not of the order, naming the field', async () => {
    const number = newNumber();
    const order = await story.acceptedOrder(number);
    const wrong: [Json, string, unknown][] = [
      [{ currency: 'EUR' }, 'INVOICE_ORDER_MISMATCH', '/currency'],
      [{ orderNumber: 'PO-OTHER' }, 'INVOICE_ORDER_MISMATCH', '/orderNumber'],
      [{ payer: { id: '9521000000025', scheme: '0088' } }, 'DOCUMENT_PARTY_MISMATCH', '/payer/id'],
      [{ amount: '0.00' }, 'AMOUNT_INVALID', undefined],
      [{ amount: '-5.00' }, 'AMOUNT_INVALID', undefined],
      [{ amount: '1.005' }, 'AMOUNT_INVALID', undefined],
    ];
    for (const [change, code, field] of wrong) {
      const refused = await issue(order, story.invoiceOf(number, change));
      expect([refused.status, refused.body['code']]).toEqual([422, code]);
      expect((refused.body['facts'] as Json | undefined)?.['field']).toBe(field);
    }
  });

  it('refuses the buyer, an order that is not accepted and one that is not there', async () => {
    const number = newNumber();
    const order = await story.acceptedOrder(number);
    const document = story.invoiceOf(number);
    const byBuyer = await story.core.post(`/v1/receivables?order=${order}`, { document });
    expect(byBuyer.status).toBe(403);
    const unknown = await issue(`0x${'ab'.repeat(32)}`, document);
    expect(refusalOf(unknown)).toEqual([404, 'ORDER_UNKNOWN']);
    expect((await issue('nonsense', document)).status).toBe(400);
  });

  it('refuses the same invoice twice, however its number is written', async () => {
    const number = newNumber();
    const order = await story.acceptedOrder(number);
    const id = await story.issued(order, story.invoiceOf(number));
    const again = await issue(order, story.invoiceOf(number, { number: `inv ${number}`, amount: '99.00' }));
    expect(refusalOf(again)).toEqual([409, 'INVOICE_ALREADY_ISSUED']);
    expect(again.body).toMatchObject({ facts: { receivable: id } });
  });

  it('makes a receivable of each due date, and shows all of them', async () => {
    const number = newNumber();
    const order = await story.acceptedOrder(number);
    await story.receive(order, 90);
    const instalments = [
      { dueDate: '2027-03-01', amount: '53.75' },
      { dueDate: '2027-02-01', amount: '53.75' },
    ];
    const first = await story.issued(order, story.invoiceOf(number, { instalments }));
    const { body } = await story.supplier.get(`/v1/receivables/${first}`);
    expect(body).toMatchObject({ dueDate: '2027-02-01', amount: { amount: '53.75' }, instalment: { n: 1, of: 2 } });
    const [, second] = (body['instalment'] as { receivables: string[] }).receivables;
    await arrives(
      () => story.core.get(`/v1/receivables/${second}`),
      ({ amount }) => amount !== undefined,
    );
    await story.confirm(first, {});
    const refused = await story.core.post(`/v1/receivables/${second}/confirmation`);
    expect(refused.body).toMatchObject({
      code: 'CONFIRMATION_EXCEEDS_COVER',
      facts: { covered: '43.00', exceedsBy: '10.75' },
    });
    await story.confirm(second!, { amount: '43.00' });
    expect([await coverOf(first), await coverOf(second!)]).toEqual(['53.75', '43.00']);
    const noted = story.invoiceOf('x', { number: 'CN-2', amount: '10.75', orderNumber: undefined, dueDate: undefined });
    const credit = (id: string) =>
      story.supplier.post(`/v1/receivables/${id}/credit-notes`, {
        document: { ...noted, invoiceNumber: `INV-${number}` },
      });
    made(await credit(second!));
    // Not while the first may still be on its way.
    const again = await eventually(
      () => credit(first),
      ({ status }) => status !== 503,
    );
    expect(again.body).toMatchObject({
      code: 'CREDIT_NOTE_ALREADY_ISSUED',
      facts: { receivable: second },
    });
  });

  it('takes a collective invoice over two orders, and its lines meet the right one', async () => {
    const [one, two] = [newNumber(), newNumber()];
    const orders = [await story.acceptedOrder(one), await story.acceptedOrder(two)];
    await story.receive(orders[0]!, 100);
    await story.receive(orders[1]!, 50);
    const line = { item: 'RING', unit: 'C62', quantity: 100, amount: '100.00', orderLine: '1' };
    const lines = [
      { ...line, id: '1', orderNumber: one },
      { ...line, id: '2', orderNumber: two },
    ];
    const document = story.invoiceOf(one, { lines, amount: '200.00', orderNumber: undefined, taxAmount: undefined });
    const issued = made(
      await story.supplier.post(`/v1/receivables?order=${orders[1]}&order=${orders[0]}`, { document }),
    );
    expect(new Set(issued['orders'] as string[])).toEqual(new Set(orders));
    expect(await coverOf(String(issued['id']))).toBe('150.00');
  });
});

describe('confirming a receivable', () => {
  it('is refused for more than was received and accepted, naming by how much', async () => {
    const number = newNumber();
    const order = await story.acceptedOrder(number);
    await story.receive(order, 90);
    const id = await story.issued(order, story.invoiceOf(number));
    const path = `/v1/receivables/${id}/confirmation`;
    const whole = await story.core.post(path);
    expect(whole).toMatchObject({
      status: 409,
      body: {
        code: 'CONFIRMATION_EXCEEDS_COVER',
        facts: { amount: '107.50', covered: '96.75', exceedsBy: '10.75', currency: 'GBP' },
      },
    });
    const beyond = await story.core.post(path, { amount: '107.51', withoutReceipt: true });
    expect(refusalOf(beyond)).toEqual([422, 'CONFIRMATION_EXCEEDS_INVOICE']);
    for (const amount of ['-1', '0', 'ten', '96.755', { amount: '96.75', currency: 'EUR' }]) {
      expect((await story.core.post(path, { amount })).status).toBe(422);
    }
    expect(refusalOf(await story.core.post(path, { amount: 96.75 }))).toEqual([400, 'REQUEST_INVALID']);
    expect((await story.supplier.post(path)).body['code']).toBe('RECEIVABLE_UNAUTHORIZED');
    const terms = { amount: { amount: '96.75', currency: 'GBP' }, dueDate: '2027-05-01', waivesSetOff: true };
    await story.confirm(id, terms);
    const seen = await story.supplier.get(`/v1/receivables/${id}`);
    expect(seen.body).toMatchObject({
      ...{ status: 'CONFIRMED', confirmed: { amount: '96.75' }, outstanding: { amount: '96.75' } },
      ...{ dueDate: '2027-05-01', waivesSetOff: true, waivesDefences: false, withoutReceipt: false },
    });
    expect(refusalOf(await story.core.post(path))).toEqual([409, 'RECEIVABLE_INVALID_TRANSITION']);
  });

  it('can be done without receipt, which the cover says', async () => {
    const number = newNumber();
    const id = await story.issued(await story.acceptedOrder(number), story.invoiceOf(number));
    expect(await coverOf(id)).toBe('0.00');
    await story.confirm(id, { withoutReceipt: true });
    const { body } = await story.supplier.get(`/v1/receivables/${id}/cover`);
    expect(body).toMatchObject({ cover: { amount: '107.50' }, withoutReceipt: true });
  });

  it('covers goods received once by one invoice', async () => {
    const number = newNumber();
    const order = await story.acceptedOrder(number);
    await story.receive(order, 100);
    const first = await story.issued(order, story.invoiceOf(number));
    const second = await story.issued(order, story.invoiceOf(number, { number: `INV-${number}-B` }));
    await story.confirm(first, {});
    const refused = await story.core.post(`/v1/receivables/${second}/confirmation`);
    expect(refused.body).toMatchObject({ code: 'CONFIRMATION_EXCEEDS_COVER', facts: { covered: '0.00' } });
  });
});

describe('two confirmations at once', () => {
  it('do not take the same goods', async () => {
    const number = newNumber();
    const order = await story.acceptedOrder(number);
    await story.receive(order, 100);
    const claims = [
      await story.issued(order, story.invoiceOf(number)),
      await story.issued(order, story.invoiceOf(number, { number: `INV-${number}-B` })),
    ];
    const confirm = (id: string) => story.core.post(`/v1/receivables/${id}/confirmation`);
    const both = await Promise.all(claims.map(confirm));
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    const [late] = claims.filter((_, i) => both[i]!.status !== 201);
    const refused = await confirm(late!);
    expect(refused.body).toMatchObject({ code: 'CONFIRMATION_EXCEEDS_COVER', facts: { covered: '0.00' } });
  });
});

describe('after its confirmation a receivable', () => {
  it('is not credited by a note that comes again while the first is on its way, and no log names the note', async () => {
    const id = await story.confirmed({ number: newNumber(), received: 100 }, {});
    const { supplier } = story;
    const invoiceNumber = String((await supplier.get(`/v1/receivables/${id}`)).body['number']);
    const number = 'CN-UNDER-WAY';
    const document = {
      ...story.invoiceOf('x', { number, amount: '7.50', orderNumber: undefined, dueDate: undefined }),
      invoiceNumber,
    };
    const post = () => supplier.call('POST', `/v1/receivables/${id}/credit-notes`, { body: { document }, wait: 0 });
    // Nodes of one process log where the last that was made does.
    const logs = () => ['core', 'supplier-1', 'bank-a'].flatMap((name) => nodes.of(name).logs);
    const underWay = () => logs().filter((line) => line.includes('one of this number may be on its way')).length;
    const before = underWay();
    await rpc(nodes.anvil.url, 'evm_setAutomine', [false]);
    try {
      expect((await post()).status).toBe(202);
      const again = await post();
      expect(refusalOf(again)).toEqual([503, 'TRY_AGAIN']);
      expect(again.body).toMatchObject({ facts: { number } });
    } finally {
      await rpc(nodes.anvil.url, 'evm_setAutomine', [true]);
      await rpc(nodes.anvil.url, 'evm_mine', []);
    }
    await arrives(
      () => supplier.get(`/v1/receivables/${id}`),
      ({ creditNotes }) => (creditNotes as Json[]).length === 1,
    );
    expect(underWay() - before).toBe(1);
    expect(logs().filter((line) => line.includes(number))).toEqual([]);
  });

  it('loses cover by a credit note, a dispute and a payment, and tells each event', async () => {
    const id = await story.confirmed({ number: newNumber(), received: 100 }, {});
    const { core, supplier } = story;
    const invoiceNumber = String((await supplier.get(`/v1/receivables/${id}`)).body['number']);
    const creditNote = {
      ...story.invoiceOf('x', { number: 'CN-1', amount: '7.50', orderNumber: undefined, dueDate: undefined }),
      invoiceNumber,
    };
    const foreign = { ...creditNote, invoiceNumber: 'INV-OTHER' };
    const mismatch = await supplier.post(`/v1/receivables/${id}/credit-notes`, { document: foreign });
    expect(refusalOf(mismatch)).toEqual([422, 'CREDIT_NOTE_MISMATCH']);
    const credited = made(await supplier.post(`/v1/receivables/${id}/credit-notes`, { document: creditNote }));
    expect(credited).toMatchObject({ n: 1, status: 'ISSUED', amount: { amount: '7.50' } });
    const sameNote = await supplier.post(`/v1/receivables/${id}/credit-notes`, { document: creditNote });
    expect(refusalOf(sameNote)).toEqual([409, 'CREDIT_NOTE_ALREADY_ISSUED']);
    expect(await coverOf(id)).toBe('100.00');

    await arrives(
      () => core.get(`/v1/receivables/${id}`),
      ({ creditNotes }) => (creditNotes as Json[]).length === 1,
    );
    const disputed = made(await core.post(`/v1/receivables/${id}/disputes`, { amount: '20', reason: 'bent' }));
    expect(disputed).toMatchObject({ n: 2, status: 'OPEN', amount: { amount: '20.00' }, reason: 'bent' });
    const marked = await arrives(
      () => supplier.get(`/v1/receivables/${id}`),
      ({ disputes }) => (disputes as Json[])[0]?.['amount'] !== undefined,
    );
    expect(marked).toMatchObject({
      marks: ['DISPUTED', 'DILUTED'],
      openDisputes: 1,
      outstanding: { amount: '100.00' },
    });
    expect(await coverOf(id)).toBe('80.00');
    expect(made(await core.post(`/v1/receivables/${id}/disputes/2/resolution`))).toMatchObject({ status: 'RESOLVED' });
    expect(refusalOf(await core.post(`/v1/receivables/${id}/disputes/2/resolution`))).toEqual([
      409,
      'DISPUTE_NOT_OPEN',
    ]);

    const claimed = made(await core.post(`/v1/receivables/${id}/payments`, { amount: '40.00', reference: 'R1' }));
    expect(claimed).toMatchObject({ n: 4, status: 'CLAIMED', paidTo: 'supplier-1' });
    const paid = () => supplier.get(`/v1/receivables/${id}/payments`);
    await arrives(paid, ({ items }) => (items as Json[])[0]?.['amount'] !== undefined);
    expect(await coverOf(id)).toBe('100.00');
    const counted = made(await supplier.post(`/v1/receivables/${id}/payments/4/acknowledgement`));
    expect(counted).toMatchObject({ status: 'ACKNOWLEDGED', settles: false });
    const again = await supplier.post(`/v1/receivables/${id}/payments/4/acknowledgement`);
    expect(refusalOf(again)).toEqual([409, 'PAYMENT_NOT_CLAIMED']);
    const { body } = await supplier.get(`/v1/receivables/${id}/cover`);
    const terms = body['terms'] as { kind: string; amount: Json; events: Json[] }[];
    expect(terms.map(({ kind, amount, events }) => [kind, amount['amount'], events[0]?.['name']])).toEqual([
      ['PAYABLE', '107.50', 'ReceivableIssued'],
      ['CREDIT_NOTE', '-7.50', 'CreditNoteIssued'],
      ['PAYMENT', '-40.00', 'PaymentAcknowledged'],
    ]);

    made(await core.post(`/v1/receivables/${id}/payments`, { amount: '60.00', reference: 'R2' }));
    await arrives(paid, ({ items }) => (items as Json[])[1]?.['amount'] !== undefined);
    expect(made(await supplier.post(`/v1/receivables/${id}/payments/6/acknowledgement`))['settles']).toBe(true);
    expect((await supplier.get(`/v1/receivables/${id}`)).body).toMatchObject({
      status: 'SETTLED',
      outstanding: { amount: '0.00' },
    });
    const late = await core.post(`/v1/receivables/${id}/payments`, { amount: '1', reference: 'R3' });
    expect(refusalOf(late)).toEqual([409, 'RECEIVABLE_NOT_CONFIRMED']);
  });

  it('is voided by both sides together, and only the successor that it names takes its fingerprint', async () => {
    const number = newNumber();
    const order = await story.acceptedOrder(number);
    await story.receive(order, 100);
    const [document, { core, supplier }] = [story.invoiceOf(number), story];
    const first = await story.issued(order, document);
    await story.confirm(first, {});
    expect(refusalOf(await core.post(`/v1/receivables/${first}/voiding`))).toEqual([409, 'VOID_CONSENT_MISSING']);
    const successor = await story.issued(order, document, first);
    const third = await supplier.post(`/v1/receivables?order=${order}&replaces=${first}`, { document });
    expect(refusalOf(third)).toEqual([409, 'INVOICE_ALREADY_ISSUED']);
    const early = await core.post(`/v1/receivables/${successor}/confirmation`);
    expect(refusalOf(early)).toEqual([409, 'FINGERPRINT_TAKEN']);
    made(await supplier.post(`/v1/receivables/${first}/void-consent`, { successor }));
    const voided = await eventually(
      () => core.post(`/v1/receivables/${first}/voiding`),
      ({ status }) => status === 201,
    );
    expect(made(voided)).toMatchObject({ status: 'VOID', successor });
    await story.confirm(successor, {});
    expect(await coverOf(successor)).toBe('107.50');
  });
});

describe('an advisory check of a fingerprint', () => {
  const path = (id: string) => `/v1/receivables/${id}/fingerprint-check`;
  const checked = async (id: string): Promise<Json> => {
    expect(made(await story.supplier.post(path(id)))).toMatchObject({ status: 'ASKED', answeredAt: null });
    return arrives(
      () => story.supplier.get(path(id)),
      ({ status }) => status !== 'ASKED',
    );
  };
  const logged = async () => {
    const { body } = await story.core.get('/v1/audit-log?action=fingerprint-check');
    return (body['items'] as Json[]).map(({ actor, outcome }) => `${String(actor)} ${String(outcome)}`);
  };

  it('tells the supplier of an invoice, and nobody else, whether it backs a claim already; each time is logged', async () => {
    const number = newNumber();
    const order = await story.acceptedOrder(number);
    await story.receive(order, 100);
    const first = await story.issued(order, story.invoiceOf(number));
    expect(refusalOf(await story.supplier.get(path(first)))).toEqual([404, 'FINGERPRINT_CHECK_UNKNOWN']);
    expect(await checked(first)).toMatchObject({ status: 'FREE', reason: null, takenOrders: [] });
    await story.confirm(first, {});
    expect(refusalOf(await story.supplier.post(path(first)))).toEqual([409, 'FINGERPRINT_CHECK_LATE']);
    const again = await story.issued(order, story.invoiceOf(number), first);
    expect(await checked(again)).toMatchObject({ status: 'TAKEN', receivable: again });
    expect(JSON.stringify((await story.supplier.get(path(again))).body)).not.toContain(first);

    await arrives(
      () => story.bank('bank-a').get(`/v1/registry/receivables/${again}`),
      () => true,
    );
    expect(refusalOf(await story.bank('bank-a').post(path(again)))).toEqual([403, 'RECEIVABLE_UNAUTHORIZED']);
    const bank = nodes.of('bank-a').app;
    const [{ number: core }, object] = [nodes.of('core'), again as Hex];
    const guess = { to: core, type: 'receivable.fingerprint-check', object, body: {} };
    await bank.get(UnitOfWork).run(() => bank.get(Exchange, { strict: false }).send(guess));
    const lines = ['member:bank-a RECEIVABLE_UNAUTHORIZED', 'member:supplier-1 TAKEN', 'member:supplier-1 FREE'];
    await arrives(
      async () => ({ status: 200, block: 0, body: { lines: await logged() } }),
      (body) => (body['lines'] as string[]).length === lines.length,
    );
    expect(await logged()).toEqual(lines);

    const unit = nodes.of('core').app.get(UnitOfWork);
    const { number: supplier } = nodes.of('supplier-1');
    await unit.manager.query(
      `INSERT INTO fingerprint_checks (side, receivable, member, outcome)
       SELECT 'ANSWERED', '', $1, 'FREE' FROM generate_series(1, 60)`,
      [supplier],
    );
    expect(await checked(again)).toMatchObject({ status: 'REFUSED', reason: { code: 'FINGERPRINT_CHECK_LIMITED' } });
    await unit.manager.query(`UPDATE fingerprint_checks SET at = at - interval '61 minutes'`);
    expect(await checked(again)).toMatchObject({ status: 'TAKEN' });
  });

  it('is forgotten once it has been kept as long as the settings say', async () => {
    const { app } = nodes.of('bank-a');
    const { manager } = app.get(UnitOfWork);
    await manager.query(
      `INSERT INTO fingerprint_checks (side, receivable, member, at)
       SELECT 'ASKED', '', n, now() - make_interval(days => n) FROM unnest($1::int4[]) n`,
      [[1, 364, 366, 4_000]],
    );
    await app.get(ForgetFingerprintChecks, { strict: false }).handle();
    const left = await manager.query<unknown[]>(
      `SELECT member FROM fingerprint_checks WHERE receivable = '' ORDER BY member`,
    );
    expect(left).toEqual([{ member: 1 }, { member: 364 }]);
  });
});

describe('who sees a receivable', () => {
  it('is its parties; others see ids and states', async () => {
    const id = await story.confirmed({ number: newNumber() });
    const bank = story.bank('bank-a');
    await arrives(
      () => bank.get(`/v1/registry/receivables/${id}`),
      ({ status }) => status === 'CONFIRMED',
    );
    expect(refusalOf(await bank.get(`/v1/receivables/${id}`))).toEqual([403, 'RECEIVABLE_NOT_DISCLOSED']);
    expect((await bank.get(`/v1/receivables/${id}/cover`)).status).toBe(403);
    const registry = await bank.get(`/v1/registry/receivables/${id}`);
    expect(registry.body).toMatchObject({ id, status: 'CONFIRMED', obligor: 'core', supplier: 'supplier-1' });
    expect(JSON.stringify(registry.body)).not.toMatch(/107\.50|96\.75|INV-|GBP|holder/);
    const mine = await story.supplier.get('/v1/receivables?limit=1');
    expect(mine.body).toMatchObject({ items: [{ id }] });
    const next = await story.supplier.get(`/v1/receivables?limit=1&cursor=${String(mine.body['nextCursor'])}`);
    expect((next.body['items'] as Json[])[0]?.['id']).not.toBe(id);
    expect((await bank.get('/v1/receivables')).body['items']).toEqual([]);
    expect((await bank.get('/v1/registry/receivables?party=core&limit=2')).body['items']).toHaveLength(2);
    expect(refusalOf(await bank.get(`/v1/receivables/0x${'00'.repeat(32)}`))).toEqual([404, 'RECEIVABLE_UNKNOWN']);
  });
});
