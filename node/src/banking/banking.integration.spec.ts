import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { arrives, made, Story } from '../financing/testing/story.js';
import { referenceOf } from './domain/references.js';

const BANK = 'GB29NWBK60161331926819';
const TREASURY = 'DE89370400440532013000';

let nodes: TestNodes;
let story: Story;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a']);
  story = new Story(nodes);
}, 120_000);
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

const notification = (account: string, direction: string, amount: string, endToEndId: string, reference: string) => `
  <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><Ntfctn>
    <Acct><Id><IBAN>${account}</IBAN></Id></Acct>
    <Ntry><Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
      <NtryDtls><TxDtls><Refs><AcctSvcrRef>${reference}</AcctSvcrRef><EndToEndId>${endToEndId}</EndToEndId></Refs>
        <Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd></TxDtls></NtryDtls></Ntry>
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
  for (const part of [`<IBAN>${BANK}</IBAN>`, '<Nm>bank-a</Nm>', '<InstdAmt Ccy="GBP">96.75</InstdAmt>', '2027-02-10'])
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
  ) => {
    const account = direction === 'DBIT' ? TREASURY : BANK;
    const body = notification(account, direction, amount, referenceOf(id as `0x${string}`), reference);
    const { status, text } = await xml(client, '/v1/bank-notifications', body);
    expect(status).toBe(200);
    return (JSON.parse(text) as { items: Json[] }).items[0]!;
  };
  expect(await told(bank, 'CRDT', 'C-0')).toMatchObject({ outcome: 'REFUSED', code: 'BANK_ENTRY_UNCLAIMED' });
  const twice = await Promise.all([told(core, 'DBIT', 'D-1'), told(core, 'DBIT', 'D-1')]);
  expect(twice.map(({ outcome }) => outcome).sort()).toEqual(['CLAIMED', 'KNOWN']);
  expect(await told(core, 'DBIT', 'D-2', '1.00', `0x${'cd'.repeat(32)}`)).toMatchObject({ outcome: 'UNMATCHED' });
  await arrives(
    () => bank.get(`/v1/receivables/${receivable}/payments`),
    ({ items }) => (items as Json[])[0]?.['amount'] !== undefined,
  );
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
}, 120_000);

it('is for invoices, and refuses what is none', async () => {
  const order = await story.acceptedOrder('PO-BANK-ORDER');
  const financing = await story.requested('bank-a', { order }, '50.00');
  const bank = story.bank('bank-a');
  const answer: Answer = await bank.get(`/v1/financings/${financing}/request-message`);
  expect(refusalOf(answer)).toEqual([409, 'FINANCING_NOT_OF_INVOICE']);
  const { status, text } = await xml(bank, '/v1/bank-notifications', '<Document/>');
  expect([status, text.includes('BANK_NOTIFICATION_INVALID')]).toEqual([422, true]);
});
