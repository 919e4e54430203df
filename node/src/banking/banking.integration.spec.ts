import pg from 'pg';
import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { arrives, DUE, made, Story } from '../financing/testing/story.js';
import { referenceOf } from './domain/references.js';

const BANK = 'GB29NWBK60161331926819';
const OTHER = 'FR1420041010050500013M02606';
const TREASURY = 'DE89370400440532013000';

let nodes: TestNodes;
let story: Story;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a']);
  story = new Story(nodes);
});
afterAll(() => nodes?.stop());

/** A call with XML one way or the other. */
async function xml(client: MemberClient, path: string, body?: string): Promise<{ status: number; text: string }> {
  const headers = {
    authorization: `Bearer ${client.member.apiKey}`,
    ...(body ? { 'content-type': 'application/xml' } : {}),
  };
  const response = await fetch(`${client.member.url}${path}`, { method: body ? 'POST' : 'GET', headers, body });
  return { status: response.status, text: await response.text() };
}

/** A debit names the account that was paid: the bank’s, unless it is said to be another. */
const notification = (
  account: string,
  direction: string,
  amount: string,
  endToEndId: string,
  reference: string,
  paidInto = BANK,
) => `
  <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><Ntfctn>
    <Acct><Id><IBAN>${account}</IBAN></Id></Acct>
    <Ntry><Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
      <NtryDtls><TxDtls><Refs><AcctSvcrRef>${reference}</AcctSvcrRef><EndToEndId>${endToEndId}</EndToEndId></Refs>
        <Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>
        <RltdPties><CdtrAcct><Id><IBAN>${paidInto}</IBAN></Id></CdtrAcct></RltdPties></TxDtls></NtryDtls></Ntry>
  </Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`;

it('carry a payment from the obligor’s bank to the lender’s, once', async () => {
  const { core } = story;
  const bank = story.bank('bank-a');
  const receivable = await story.confirmed({ number: 'PO-BANK' });
  const financing = await story.requested('bank-a', { receivable });
  const request = await xml(bank, `/v1/financings/${financing}/request-message`);
  expect(request.text).toContain('<DocNb>INV-PO-BANK</DocNb>');
  expect(request.text).toContain('<TtlTaxblAmt Ccy="GBP">100.00</TtlTaxblAmt>');
  await story.offered('bank-a', financing);
  await story.disbursed('bank-a', financing);
  const pay = (more: string) =>
    xml(core, `/v1/receivables/${receivable}/payment-initiation?debtorIban=${TREASURY}${more}`);
  expect((await pay('')).text).toContain('ACCOUNT_INVALID');
  expect((await pay(`&creditorIban=${BANK}`)).text).toContain('<Nm>Halden Castings AS</Nm>');

  made(await bank.post(`/v1/financings/${financing}/notice`, { instruction: `IBAN ${BANK} only` }));
  await arrives(
    () => core.get(`/v1/receivables/${receivable}`),
    ({ notice }) => notice !== undefined,
  );
  made(await core.post(`/v1/receivables/${receivable}/notice/acknowledgement`));
  const initiation = await pay('');
  expect(initiation.status).toBe(200);
  for (const part of [`<IBAN>${BANK}</IBAN>`, '<Nm>bank-a</Nm>', '<InstdAmt Ccy="GBP">96.75</InstdAmt>', DUE])
    expect(initiation.text).toContain(part);
  expect((await pay(`&creditorIban=${TREASURY}`)).text).toContain('PAYMENT_ACCOUNT_MISMATCH');
  expect((await pay('&amount=96.76')).text).toContain('AMOUNT_INVALID');
  const byLender = await xml(bank, `/v1/receivables/${receivable}/payment-initiation?debtorIban=${TREASURY}`);
  expect(byLender.text).toContain('RECEIVABLE_UNAUTHORIZED');

  const told = async (
    client: MemberClient,
    direction: string,
    reference: string,
    amount = '96.75',
    id = receivable,
    paidInto = BANK,
  ) => {
    const account = direction === 'DBIT' ? TREASURY : BANK;
    const body = notification(account, direction, amount, referenceOf(id as `0x${string}`), reference, paidInto);
    const { status, text } = await xml(client, '/v1/bank-notifications', body);
    expect(status).toBe(200);
    return (JSON.parse(text) as { items: Json[] }).items[0]!;
  };
  expect(await told(bank, 'CRDT', 'C-0')).toMatchObject({ outcome: 'REFUSED', code: 'BANK_ENTRY_UNCLAIMED' });
  // Ordered before the notice was acknowledged: it went to the supplier, and nobody claims that the lender has it.
  expect(await told(core, 'DBIT', 'D-0', '96.75', receivable, OTHER)).toMatchObject({
    outcome: 'REFUSED',
    code: 'BANK_ENTRY_PAYEE_UNCLEAR',
  });
  const twice = await Promise.all([told(core, 'DBIT', 'D-1'), told(core, 'DBIT', 'D-1')]);
  expect(twice.map(({ outcome }) => outcome).sort()).toEqual(['CLAIMED', 'KNOWN']);
  expect(await told(core, 'DBIT', 'D-1', '96.74')).toMatchObject({ outcome: 'REFUSED', code: 'BANK_ENTRY_CONFLICT' });
  expect(await told(core, 'DBIT', 'D-2', '1.00', `0x${'cd'.repeat(32)}`)).toMatchObject({ outcome: 'UNMATCHED' });
  await arrives(
    () => bank.get(`/v1/receivables/${receivable}/payments`),
    ({ items }) => (items as Json[])[0]?.['amount'] !== undefined,
  );
  // Paid, and not acknowledged yet: it is not ordered again.
  expect((await pay('')).text).toMatch(/AMOUNT_INVALID|TRY_AGAIN/);
  expect(await told(bank, 'CRDT', 'C-1', '96.74')).toMatchObject({ outcome: 'REFUSED', code: 'BANK_ENTRY_UNCLAIMED' });
  expect(await told(bank, 'CRDT', 'C-1')).toMatchObject({ outcome: 'ACKNOWLEDGED', repayment: true, receivable });
  expect(await told(bank, 'CRDT', 'C-1')).toMatchObject({ outcome: 'KNOWN', repayment: false });
  await arrives(
    () => core.get(`/v1/receivables/${receivable}`),
    ({ status }) => status === 'SETTLED',
  );
  const repaid = await bank.get(`/v1/financings/${financing}`);
  expect(repaid.body).toMatchObject({
    status: 'REPAID',
    repayments: [{ amount: { amount: '96.75' }, reference: 'C-1' }],
  });
  expect((await core.get(`/v1/receivables/${receivable}/payments`)).body['items']).toHaveLength(1);
});

it('are ordered to the account of the notice that runs, not of an earlier one by the same lender', async () => {
  const { core } = story;
  const bank = story.bank('bank-a');
  const receivable = await story.confirmed({ number: 'PO-BANK-AGAIN' });
  const pay = (more: string) =>
    xml(core, `/v1/receivables/${receivable}/payment-initiation?debtorIban=${TREASURY}${more}`);
  for (const [account, before] of [
    [BANK, OTHER],
    [OTHER, BANK],
  ]) {
    const financing = await story.requested('bank-a', { receivable });
    await story.offered('bank-a', financing);
    await story.disbursed('bank-a', financing);
    made(await bank.post(`/v1/financings/${financing}/notice`, { instruction: `IBAN ${account}` }));
    await arrives(
      () => core.get(`/v1/receivables/${receivable}`),
      ({ notice }) => notice !== undefined,
    );
    made(await core.post(`/v1/receivables/${receivable}/notice/acknowledgement`));
    expect((await pay('')).text).toContain(`<IBAN>${account}</IBAN>`);
    expect((await pay(`&creditorIban=${before}`)).text).toContain('PAYMENT_ACCOUNT_MISMATCH');
    made(await bank.post(`/v1/financings/${financing}/release`, { reason: 'bought back' }));
    for (const member of [core, story.supplier])
      await arrives(
        () => member.get(`/v1/receivables/${receivable}`),
        ({ encumbrance }) => (encumbrance as Json)['state'] === 'NONE',
      );
  }
});

it('orders what was confirmed once what did not come is credited, and less once more is', async () => {
  const { core, supplier } = story;
  const receivable = await story.confirmed({ number: 'PO-SHORT' });
  const ordered = async () =>
    (await xml(core, `/v1/receivables/${receivable}/payment-initiation?debtorIban=${TREASURY}&creditorIban=${BANK}`))
      .text;
  for (const [n, left] of ['96.75', '86.00'].entries()) {
    const other = { number: `CN-SHORT-${n}`, amount: '10.75', orderNumber: undefined, dueDate: undefined };
    const document = { ...story.invoiceOf('x', other), invoiceNumber: 'INV-PO-SHORT' };
    made(await supplier.post(`/v1/receivables/${receivable}/credit-notes`, { document }));
    await arrives(
      () => core.get(`/v1/receivables/${receivable}`),
      ({ creditNotes }) => (creditNotes as Json[])[n]?.['amount'] !== undefined,
    );
    for (const party of [core, supplier])
      expect((await party.get(`/v1/receivables/${receivable}`)).body).toMatchObject({ outstanding: { amount: left } });
    expect(await ordered()).toContain(`<InstdAmt Ccy="GBP">${left}</InstdAmt>`);
  }
});

it('is for invoices, and refuses what is none', async () => {
  const order = await story.acceptedOrder('PO-BANK-ORDER');
  const financing = await story.requested('bank-a', { order }, '50.00');
  const bank = story.bank('bank-a');
  const answer: Answer = await bank.get(`/v1/financings/${financing}/request-message`);
  expect(refusalOf(answer)).toEqual([409, 'FINANCING_NOT_OF_INVOICE']);
  const { status, text } = await xml(bank, '/v1/bank-notifications', '<Document/>');
  expect([status, text.includes('BANK_NOTIFICATION_INVALID')]).toEqual([422, true]);
});

describe('a movement', () => {
  let receivable: string;
  let financing: string;
  const camt = (direction: string, ...movements: [amount: string, reference: string][]) => {
    const account = direction === 'DBIT' ? TREASURY : BANK;
    const id = referenceOf(receivable as `0x${string}`);
    const entries = movements.map(([amount, reference]) => {
      const whole = notification(account, direction, amount, id, reference);
      return whole.slice(whole.indexOf('<Ntry>'), whole.indexOf('</Ntry>') + '</Ntry>'.length);
    });
    return notification(account, direction, '1.00', id, 'none').replace(/<Ntry>[^]*<\/Ntry>/, entries.join(''));
  };
  const told = async (client: MemberClient, direction: string, ...movements: [string, string][]) => {
    const { status, text } = await xml(client, '/v1/bank-notifications', camt(direction, ...movements));
    expect(status).toBe(200);
    return (JSON.parse(text) as { items: Json[] }).items;
  };
  /** What the bank has of each claim, once it has so many. */
  const claims = async (count: number, wanted: (items: Json[]) => boolean = () => true) => {
    const { items } = await arrives(
      () => story.bank('bank-a').get(`/v1/receivables/${receivable}/payments`),
      (body) => {
        const items = body['items'] as Json[];
        return items.length === count && items.every(({ amount }) => amount !== undefined) && wanted(items);
      },
    );
    return items as Json[];
  };
  const repayments = async () =>
    (await story.bank('bank-a').get(`/v1/financings/${financing}`)).body['repayments'] as Json[];

  beforeAll(async () => {
    const bank = story.bank('bank-a');
    receivable = await story.confirmed({ number: 'PO-BANK-TWICE' });
    financing = await story.requested('bank-a', { receivable });
    await story.offered('bank-a', financing);
    await story.disbursed('bank-a', financing);
    made(await bank.post(`/v1/financings/${financing}/notice`, { instruction: `IBAN ${BANK} only` }));
    await arrives(
      () => story.core.get(`/v1/receivables/${receivable}`),
      ({ notice }) => notice !== undefined,
    );
    made(await story.core.post(`/v1/receivables/${receivable}/notice/acknowledgement`));
  });

  it('is taken from the desk alone that might do what it stands for', async () => {
    const foreign = { outcome: 'REFUSED', code: 'FORBIDDEN', repayment: false };
    const [lender, supplier] = [
      await nodes.of('core').clientWith('LENDER_DESK'),
      await nodes.of('bank-a').clientWith('ORDER_DESK'),
    ];
    expect(await told(lender, 'DBIT', ['10.00', 'D-11'])).toMatchObject([foreign]);
    const buyer = await nodes.of('core').clientWith('ORDER_DESK');
    // The claim of one booking is another's of the same amount: they differ by nothing but their references.
    expect(await told(buyer, 'DBIT', ['10.00', 'D-11'], ['10.00', 'D-12'])).toMatchObject([
      { outcome: 'CLAIMED' },
      { outcome: 'CLAIMED' },
    ]);
    await claims(2);
    expect(await told(supplier, 'CRDT', ['10.00', 'C-11'])).toMatchObject([foreign]);
    // Its acknowledgement is a supplier's desk's too, and the repayment that comes with it is not.
    const assignor = await nodes.of('bank-a').clientWith('SUPPLIER_DESK');
    expect(await told(assignor, 'CRDT', ['10.00', 'C-11'])).toMatchObject([foreign]);
    expect(await repayments()).toEqual([]);
  });

  it('acknowledges one claim: an equal one acknowledges another', async () => {
    const desk = await nodes.of('bank-a').clientWith('LENDER_DESK');
    const both = await told(desk, 'CRDT', ['10.00', 'C-11'], ['10.00', 'C-12']);
    const third = await told(desk, 'CRDT', ['10.00', 'C-13']);
    expect([...both, ...third]).toMatchObject([
      { outcome: 'ACKNOWLEDGED', repayment: true },
      { outcome: 'ACKNOWLEDGED', repayment: true },
      { outcome: 'REFUSED', code: 'BANK_ENTRY_UNCLAIMED' },
    ]);
    await claims(2, (items) => items.every(({ status }) => status === 'ACKNOWLEDGED'));
    const amount = { amount: '10.00', currency: 'GBP' };
    expect(await repayments()).toMatchObject([
      { amount, reference: 'C-11' },
      { amount, reference: 'C-12' },
    ]);
    const holders = await arrives(
      () => story.supplier.get(`/v1/financings/${financing}`),
      (body) => (body['repayments'] as Json[]).length === 2,
    );
    expect(holders['repayments']).toMatchObject([{ reference: 'C-11' }, { reference: 'C-12' }]);
  });

  it('was not taken when its acknowledgement failed, nor was anything repaid', async () => {
    const client = new pg.Client({ connectionString: nodes.of('bank-a').databaseUrl });
    await client.connect();
    try {
      // As if the chain had refused it, which no call of the API brings about: the rows rest on a submission that was.
      const old = `SELECT acknowledgement FROM financing_repayments WHERE reference = 'C-12'`;
      const { rows } = await client.query<{ id: string; old: string }>(
        `INSERT INTO submissions (id, act, subject_type, subject_id, account, call_to, call_data, status)
         SELECT gen_random_uuid(), act, subject_type, subject_id, account, call_to, call_data, 'REFUSED'
         FROM submissions WHERE id = (${old}) RETURNING id, (${old}) AS old`,
      );
      for (const [table, column] of [
        ['bank_entries', 'submission'],
        ['payment_acknowledgements', 'submission'],
        ['financing_repayments', 'acknowledgement'],
      ] as const) {
        const values = [rows[0]!.id, rows[0]!.old];
        const { rowCount } = await client.query(`UPDATE ${table} SET ${column} = $1 WHERE ${column} = $2`, values);
        expect([table, rowCount]).toEqual([table, 1]);
      }
    } finally {
      await client.end();
    }
    expect(await repayments()).toMatchObject([{ reference: 'C-11' }]);
    const bank = story.bank('bank-a');
    expect(await told(bank, 'CRDT', ['10.00', 'C-11'])).toMatchObject([{ outcome: 'KNOWN' }]);
    expect(await told(bank, 'CRDT', ['10.00', 'C-12'])).toMatchObject([{ code: 'BANK_ENTRY_UNCLAIMED' }]);
    await told(story.core, 'DBIT', ['10.00', 'D-13']);
    await claims(3);
    expect(await told(bank, 'CRDT', ['10.00', 'C-12'])).toMatchObject([{ outcome: 'ACKNOWLEDGED', repayment: true }]);
    expect(await repayments()).toMatchObject([{ reference: 'C-11' }, { reference: 'C-12' }]);
  });

  it('is another on another receivable, though the bank’s reference is one', async () => {
    const other = await story.confirmed({ number: 'PO-BANK-OTHER' });
    const send = async () => {
      const body = notification(TREASURY, 'DBIT', '10.00', referenceOf(other as `0x${string}`), 'D-11');
      const { text } = await xml(story.core, '/v1/bank-notifications', body);
      return (JSON.parse(text) as { items: Json[] }).items;
    };
    expect(await send()).toMatchObject([{ outcome: 'CLAIMED', receivable: other }]);
    expect(await send()).toMatchObject([{ outcome: 'KNOWN' }]);
    expect(await told(story.core, 'DBIT', ['10.00', 'D-11'])).toMatchObject([{ outcome: 'KNOWN' }]);
  });

  it('acknowledges nothing that was paid to somebody else', async () => {
    const body = { amount: '11.00', reference: 'astray', paidTo: 'supplier-1' };
    made(await story.core.post(`/v1/receivables/${receivable}/payments`, body));
    await claims(4);
    const answer = await told(story.bank('bank-a'), 'CRDT', ['11.00', 'C-14']);
    expect(answer).toMatchObject([{ outcome: 'REFUSED', code: 'BANK_ENTRY_UNCLAIMED' }]);
  });

  it('waits for a second person where what it stands for would', async () => {
    const bank = story.bank('bank-a');
    const commands = ['POST /v1/financings/:id/repayments'];
    const clause = { id: 'money-in', kind: 'FOUR_EYES', commands, above: { amount: '11.99', currency: 'GBP' } };
    made(await bank.post('/v1/policies/member', { replaces: 0, pack: { clauses: [clause] } }));
    await told(story.core, 'DBIT', ['11.99', 'D-15'], ['12.00', 'D-16']);
    await claims(6);
    const send = () => told(bank, 'CRDT', ['11.99', 'C-15'], ['12.00', 'C-16']);
    const [small, held] = await send();
    expect(small).toMatchObject({ outcome: 'ACKNOWLEDGED', approval: null });
    expect(held).toMatchObject({ outcome: 'REFUSED', code: 'APPROVAL_REQUIRED', repayment: false });
    expect(await send()).toMatchObject([{ outcome: 'KNOWN' }, { approval: held!['approval'] }]);
    const second = await nodes.of('bank-a').clientWith('LENDER_DESK');
    const path = `/v1/approvals/${String(held!['approval'])}`;
    expect((await second.get(path)).body).toMatchObject({
      command: 'POST /v1/financings/:id/repayments',
      url: `/v1/financings/${financing}/repayments`,
      body: JSON.stringify({ amount: { amount: '12.00', currency: 'GBP' }, reference: 'C-16' }),
    });
    expect((await second.post(path, { decision: 'APPROVE' })).status).toBe(200);
    expect(await send()).toMatchObject([{ outcome: 'KNOWN' }, { outcome: 'ACKNOWLEDGED', repayment: true }]);
  });

  it('counts nothing when the obligor’s withdrawal came first; the same file claims nothing again', async () => {
    const [{ core }, bank] = [story, story.bank('bank-a')];
    const payments = `/v1/receivables/${receivable}/payments`;
    await told(core, 'DBIT', ['5.00', 'D-20']);
    const n = String((await claims(7))[6]!['n']);
    const pending = async () => Number((await rpc<{ pending: string }>(nodes.anvil.url, 'txpool_status', [])).pending);
    await rpc(nodes.anvil.url, 'evm_setAutomine', [false]);
    try {
      const withdrawing = core.post(`${payments}/${n}/withdrawal`);
      await arrives(
        async () => ({ status: 200, block: 0, body: { count: await pending() } }),
        ({ count }) => count === 1,
      );
      const early = await told(bank, 'CRDT', ['5.00', 'C-20']);
      expect(early).toMatchObject([{ outcome: 'ACKNOWLEDGED', repayment: true }]);
      await rpc(nodes.anvil.url, 'evm_mine', []);
      expect((await withdrawing).status).toBeLessThan(300);
    } finally {
      await rpc(nodes.anvil.url, 'evm_setAutomine', [true]);
    }
    await claims(7, (items) => items[6]!['status'] === 'WITHDRAWN');
    await arrives(
      () => bank.get(`/v1/financings/${financing}`),
      (body) => (body['repayments'] as Json[]).every(({ reference }) => reference !== 'C-20'),
    );
    expect(await told(bank, 'CRDT', ['5.00', 'C-20'])).toMatchObject([{ code: 'BANK_ENTRY_UNCLAIMED' }]);
    expect(await told(core, 'DBIT', ['5.00', 'D-20'])).toMatchObject([{ outcome: 'KNOWN' }]);
    made(await core.post(payments, { amount: '5.00', reference: 'by hand' }));
    await claims(8);
    expect(await told(bank, 'CRDT', ['5.00', 'C-20'])).toMatchObject([{ outcome: 'ACKNOWLEDGED', repayment: true }]);
    expect((await repayments()).filter(({ reference }) => reference === 'C-20')).toHaveLength(1);
  });
});
