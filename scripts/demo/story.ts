import { eventually, type Json, type MemberClient } from './client.js';
import type { Narrator } from './narrator.js';
import type { Samples } from './samples.js';

export interface Cast {
  readonly core: MemberClient;
  readonly supplier: MemberClient;
  readonly carrier: MemberClient;
  readonly bankA: MemberClient;
  readonly bankB: MemberClient;
}

export interface Told {
  readonly order: string;
  readonly receivable: string;
  readonly financing: string;
}

const fragment = (verdict: Json, kind: string): Json | undefined =>
  (verdict['fragments'] as Json[] | undefined)?.find((each) => each['kind'] === kind);
const outcome = (verdict: Json): string =>
  ((verdict['fragments'] as Json[] | undefined) ?? []).map((each) => `${each['kind']} ${each['status']}`).join(', ');
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

/** One purchase order, from the buyer's ERP to a bank that finances it once. Stops at the first step not as told. */
export async function tell(cast: Cast, samples: Samples, narrator: Narrator): Promise<Told> {
  const order = await orderAndAcceptance(cast, samples, narrator);
  await fulfilment(cast, samples, narrator, order);
  const receivable = await invoiceAndConfirmation(cast, samples, narrator, order);
  const financing = await verifiedAndFinanced(cast, narrator, receivable);
  await paidToTheBank(cast, narrator, receivable, financing);
  await refusedToTheOther(cast, narrator, receivable);
  return { order, receivable, financing };
}

async function orderAndAcceptance(
  { core, supplier, bankB }: Cast,
  samples: Samples,
  narrator: Narrator,
): Promise<string> {
  narrator.heading('The order');
  const posted = await core.postXml('/v1/orders?supplier=supplier-1', samples.read('order'));
  const id = String(posted.body['id']);
  narrator.step(
    'core',
    'POST /v1/orders?supplier=supplier-1',
    posted,
    posted.status === 201 && posted.body['status'] === 'POSTED',
    `its ERP's UBL order is POSTED as ${id.slice(0, 10)}…`,
  );

  const seen = await eventually(
    () => supplier.get(`/v1/orders/${id}`, posted.block),
    ({ status, body }) => status === 200 && body['number'] === samples.orderNumber,
  );
  narrator.step(
    'supplier-1',
    'GET /v1/orders/{id}',
    seen,
    seen.body['number'] === samples.orderNumber,
    `received and checked the document itself: ${String(seen.body['number'])}, ${String(seen.body['amount'])} ${String(seen.body['currency'])}`,
  );

  const outside = await bankB.get(`/v1/orders/${id}`, posted.block);
  narrator.step(
    'bank-b',
    'GET /v1/orders/{id}',
    outside,
    outside.status === 404 || outside.status === 403,
    'sees nothing: it was granted nothing',
  );
  const registry = await bankB.get(`/v1/registry/orders/${id}`, posted.block);
  narrator.step(
    'bank-b',
    'GET /v1/registry/orders/{id}',
    registry,
    registry.status === 200 && !('amount' in registry.body),
    `sees id, parties, ${String(registry.body['status'])} and a commitment`,
  );

  const acceptance = await supplier.postXml(`/v1/orders/${id}/acceptance`, samples.read('order-response'));
  narrator.step(
    'supplier-1',
    'POST /v1/orders/{id}/acceptance',
    acceptance,
    acceptance.status === 201 && acceptance.body['status'] === 'ACCEPTED',
    'the order is ACCEPTED',
  );
  return id;
}

async function fulfilment(
  { core, supplier, carrier }: Cast,
  samples: Samples,
  narrator: Narrator,
  order: string,
): Promise<void> {
  narrator.heading('The goods');
  const despatched = await supplier.postXml(
    `/v1/orders/${order}/milestones?kind=DESPATCHED`,
    samples.read('despatch-advice'),
  );
  narrator.step(
    'supplier-1',
    'POST /v1/orders/{id}/milestones?kind=DESPATCHED',
    despatched,
    despatched.status === 201,
    'its despatch advice is in the log',
  );
  const appointed = await supplier.post(`/v1/orders/${order}/participants`, {
    member: 'carrier',
    kinds: ['IN_TRANSIT', 'DELIVERED'],
    until: inDays(30),
  });
  narrator.step(
    'supplier-1',
    'POST /v1/orders/{id}/participants',
    appointed,
    appointed.status === 201,
    'the carrier may attest transit and delivery',
  );
  const delivered = await eventually(
    () => carrier.post(`/v1/orders/${order}/milestones`, { kind: 'DELIVERED' }),
    ({ status }) => status === 201,
  );
  narrator.step(
    'carrier',
    'POST /v1/orders/{id}/milestones',
    delivered,
    delivered.status === 201,
    'DELIVERED is attested, without a price or a name seen',
  );
  const received = await core.postXml(`/v1/orders/${order}/milestones?kind=RECEIVED`, samples.read('receipt-advice'));
  narrator.step(
    'core',
    'POST /v1/orders/{id}/milestones?kind=RECEIVED',
    received,
    received.status === 201,
    'only the buyer can say what was received: it did',
  );
}

async function invoiceAndConfirmation(
  { core, supplier }: Cast,
  samples: Samples,
  narrator: Narrator,
  order: string,
): Promise<string> {
  narrator.heading('The debt');
  const issued = await supplier.postXml(`/v1/receivables?order=${order}`, samples.read('invoice'));
  const id = String(issued.body['id']);
  narrator.step(
    'supplier-1',
    'POST /v1/receivables?order={id}',
    issued,
    issued.status === 201 && issued.body['status'] === 'ISSUED',
    `the invoice became receivable ${id.slice(0, 10)}…`,
  );
  await eventually(
    () => core.get(`/v1/receivables/${id}`, issued.block),
    ({ status, body }) => status === 200 && 'amount' in body,
  );
  const confirmed = await core.post(`/v1/receivables/${id}/confirmation`);
  narrator.step(
    'core',
    'POST /v1/receivables/{id}/confirmation',
    confirmed,
    confirmed.status === 201 && confirmed.body['status'] === 'CONFIRMED',
    'the obligor undertakes to pay, once: its fingerprint is taken',
  );
  const again = await supplier.postXml(`/v1/receivables?order=${order}`, samples.read('invoice'));
  narrator.step(
    'supplier-1',
    'POST /v1/receivables?order={id} (again)',
    again,
    again.status === 409 || again.status === 422,
    `the same invoice is refused: ${String(again.body['code'])}`,
  );
  const cover = await eventually(
    () => supplier.get(`/v1/receivables/${id}/cover`, confirmed.block),
    ({ status }) => status === 200,
  );
  const amount = (cover.body['amount'] ?? cover.body['cover']) as unknown;
  narrator.step(
    'supplier-1',
    'GET /v1/receivables/{id}/cover',
    cover,
    cover.status === 200,
    `may be advanced on now: ${JSON.stringify(amount)}`,
  );
  return id;
}

async function verifiedAndFinanced(cast: Cast, narrator: Narrator, receivable: string): Promise<string> {
  narrator.heading('The money');
  const id = await requestedAndVerified(cast, narrator, receivable);
  await agreedAndPaidOut(cast, narrator, id);
  return id;
}

async function requestedAndVerified(
  { supplier, bankA }: Cast,
  narrator: Narrator,
  receivable: string,
): Promise<string> {
  const requested = await supplier.post('/v1/financings', {
    receivable,
    lender: 'bank-a',
    requested: { amount: '80.00', currency: 'EUR' },
  });
  const id = String(requested.body['id']);
  narrator.step(
    'supplier-1',
    'POST /v1/financings',
    requested,
    requested.status === 201 && requested.body['status'] === 'REQUESTED',
    'asks bank-a; the request carries the grant to look',
  );
  const inbox = await eventually(
    () => bankA.get(`/v1/financings/${id}`),
    ({ status }) => status === 200,
  );
  narrator.step('bank-a', 'GET /v1/financings/{id}', inbox, inbox.status === 200, 'has the request');
  const verdict = await bankA.get(`/v1/receivables/${receivable}/verification`);
  narrator.step(
    'bank-a',
    'GET /v1/receivables/{id}/verification',
    verdict,
    verdict.body['valid'] === true,
    `VALID by its own node: ${outcome(verdict.body)}`,
  );
  return id;
}

async function agreedAndPaidOut({ supplier, bankA }: Cast, narrator: Narrator, id: string): Promise<void> {
  const terms = {
    advance: { amount: '80.00', currency: 'EUR' },
    discountBps: 450,
    recourse: false,
    kind: 'ASSIGNMENT',
    expiresAt: inDays(2),
  };
  const offer = await bankA.post(`/v1/financings/${id}/offer`, terms);
  narrator.step(
    'bank-a',
    'POST /v1/financings/{id}/offer',
    offer,
    offer.status === 201 && offer.body['status'] === 'OFFERED',
    'offers 80.00 at 4.50 %',
  );
  await eventually(
    () => supplier.get(`/v1/financings/${id}`),
    ({ body }) => body['status'] === 'OFFERED',
  );
  const agreed = await supplier.post(`/v1/financings/${id}/agreement`);
  narrator.step(
    'supplier-1',
    'POST /v1/financings/{id}/agreement',
    agreed,
    agreed.status === 201 && agreed.body['status'] === 'AGREED',
    'both consents in one transaction: RESERVED',
  );
  await eventually(
    () => bankA.get(`/v1/financings/${id}`, agreed.block),
    ({ body }) => body['status'] === 'AGREED',
  );
  const disbursed = await bankA.post(`/v1/financings/${id}/disbursement`, { reference: 'E2E-0001' });
  narrator.step(
    'bank-a',
    'POST /v1/financings/{id}/disbursement',
    disbursed,
    disbursed.status === 201 && disbursed.body['status'] === 'DISBURSED',
    'has paid out: ASSIGNED',
  );
}

async function paidToTheBank(
  { core, bankA }: Cast,
  narrator: Narrator,
  receivable: string,
  financing: string,
): Promise<void> {
  const notice = await bankA.post(`/v1/financings/${financing}/notice`);
  narrator.step(
    'bank-a',
    'POST /v1/financings/{id}/notice',
    notice,
    notice.status === 201,
    'gives the debtor notice of the assignment',
  );
  const acknowledged = await eventually(
    () => core.post(`/v1/receivables/${receivable}/notice/acknowledgement`),
    ({ status }) => status === 201,
  );
  narrator.step(
    'core',
    'POST /v1/receivables/{id}/notice/acknowledgement',
    acknowledged,
    acknowledged.status === 201,
    'NOTIFIED: payment now goes to the bank',
  );
  const claim = { amount: '50.00', reference: 'CORE-PAY-0001', paidTo: 'bank-a' };
  const claimed = await core.post(`/v1/receivables/${receivable}/payments`, claim);
  narrator.step(
    'core',
    'POST /v1/receivables/{id}/payments',
    claimed,
    claimed.status === 201,
    'says that it has paid 50.00 to bank-a',
  );
  const entry = String(claimed.body['n']);
  const counted = await eventually(
    () => bankA.post(`/v1/receivables/${receivable}/payments/${entry}/acknowledgement`),
    ({ status }) => status === 201,
  );
  narrator.step(
    'bank-a',
    'POST /v1/receivables/{id}/payments/{n}/acknowledgement',
    counted,
    counted.status === 201,
    'the payee entitled says so too: it counts',
  );
}

async function refusedToTheOther({ supplier, bankB }: Cast, narrator: Narrator, receivable: string): Promise<void> {
  narrator.heading('The same claim, offered to a second bank');
  const requested = await supplier.post('/v1/financings', {
    receivable,
    lender: 'bank-b',
    requested: { amount: '80.00', currency: 'EUR' },
  });
  const refusedAtOnce = requested.status === 409;
  narrator.step(
    'supplier-1',
    'POST /v1/financings (bank-b)',
    requested,
    refusedAtOnce || requested.status === 201,
    refusedAtOnce ? `its own node refuses: ${String(requested.body['code'])}` : 'asks bank-b too',
  );
  if (refusedAtOnce) return;
  const id = String(requested.body['id']);
  await eventually(
    () => bankB.get(`/v1/financings/${id}`),
    ({ status }) => status === 200,
  );
  const verdict = await bankB.get(`/v1/receivables/${receivable}/verification`);
  const encumbrance = fragment(verdict.body, 'ENCUMBRANCE');
  const told = verdict.body['valid'] === false && encumbrance?.['status'] === 'INVALID';
  narrator.step(
    'bank-b',
    'GET /v1/receivables/{id}/verification',
    verdict,
    told,
    `NOT valid: ${String((encumbrance?.['reason'] as Json | undefined)?.['code'])}`,
  );
  const offer = await bankB.post(`/v1/financings/${id}/offer`, {
    advance: { amount: '80.00', currency: 'EUR' },
    discountBps: 450,
    recourse: false,
    kind: 'ASSIGNMENT',
    expiresAt: inDays(2),
  });
  narrator.step(
    'bank-b',
    'POST /v1/financings/{id}/offer',
    offer,
    offer.status === 409,
    `refused: ${String(offer.body['code'])}`,
  );
}
