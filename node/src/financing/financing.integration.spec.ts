import pg from 'pg';
import type { Json } from '../../../scripts/demo/client.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { eventually } from '../../../test/support/eventually.js';
import { refusalOf } from '../../../test/support/nodes.js';
import { callAs } from '../../../test/support/on-chain.js';
import { withoutBlocks } from '../../../test/support/without-blocks.js';
import type { Hex } from '../kernel/hex.js';
import { UnitOfWork } from '../database/index.js';
import { EvidenceStore } from './storage/evidence.store.js';
import { largeClaims } from './testing/large-claims.js';
import { lendersRules } from './testing/lenders-rules.js';
import { offers } from './testing/offers.js';
import { orderFinancing } from './testing/order-financing.js';
import { registrations } from './testing/registrations.js';
import { shortfalls } from './testing/shortfalls.js';
import { silentInvoices } from './testing/silent-invoices.js';
import { arrives, made } from './testing/story.js';
import { nodes, story, startWorld, stopWorld } from './testing/world.js';

// One world for all: what it costs to start it is most of what many of these tests cost. Its nodes take small letters only.
beforeAll(() => startWorld({ maxBodyBytes: 128 * 1024 }));
afterAll(stopWorld);

describe('a receivable', () => {
  it('is financed once, from issue to release', async () => {
    const { core, supplier } = story;
    const [bankA, bankB] = [story.bank('bank-a'), story.bank('bank-b')];
    const receivable = await story.confirmed({ number: 'PO-MAIN' });
    const cover = await supplier.get(`/v1/receivables/${receivable}/cover`);
    expect(cover.body).toMatchObject({ cover: { amount: '96.75', currency: 'GBP' } });

    // Paid and not acknowledged before any lender comes: the one to whom all is due later has to know of it.
    const payments = `/v1/receivables/${receivable}/payments`;
    made(await core.post(payments, { amount: '6.75', reference: 'SEPA-0' }));
    const known =
      (count: number) =>
      ({ items }: Json) =>
        (items as Json[]).filter(({ amount }) => amount !== undefined).length === count;
    await arrives(() => supplier.get(payments), known(1));

    const [first, second] = [
      await story.requested('bank-a', { receivable }),
      await story.requested('bank-b', { receivable }),
    ];
    const shown = await bankA.get(`/v1/receivables/${receivable}`);
    expect(shown.body).toMatchObject({ status: 'CONFIRMED', number: 'INV-PO-MAIN', amount: { amount: '107.50' } });
    const computed = await bankA.get(`/v1/receivables/${receivable}/cover`);
    expect(computed.body['cover']).toEqual({ amount: '96.75', currency: 'GBP' });
    expect(computed.body['terms']).toEqual(cover.body['terms']);

    // Not while its index is behind.
    const verdict = await arrives(
      () => bankA.get(`/v1/receivables/${receivable}/verification`),
      ({ valid }) => valid === true,
    );
    expect(verdict).toMatchObject({ trust: 'own-rpc' });

    await story.offered('bank-a', first);
    await story.offered('bank-b', second);
    expect(made(await supplier.post(`/v1/financings/${first}/agreement`))).toMatchObject({
      status: 'AGREED',
      encumbrance: { state: 'RESERVED', noticeGiven: false },
    });
    const refused = await supplier.post(`/v1/financings/${second}/agreement`);
    expect(refusalOf(refused)).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);

    await arrives(
      () => bankB.get(`/v1/receivables/${receivable}/verification`),
      ({ valid }) => valid === false,
    );

    await arrives(
      () => bankA.get(`/v1/financings/${first}`),
      ({ status }) => status === 'AGREED',
    );
    const disburse = (reference: string) => bankA.post(`/v1/financings/${first}/disbursement`, { reference });
    const twice = await Promise.all(['E2E-1', 'E2E-2'].map(disburse));
    const [taken, ...others] = twice.filter(({ status }) => status === 201);
    expect(others).toEqual([]);
    const paidOut = made(taken!);
    const { disbursementReference: paidAs } = paidOut;
    expect(paidAs).toBe(twice[0] === taken ? 'E2E-1' : 'E2E-2');
    expect(paidOut).toMatchObject({ status: 'DISBURSED', encumbrance: { state: 'ASSIGNED' } });
    await arrives(
      () => supplier.get(`/v1/financings/${first}`),
      ({ status, disbursementReference }) => status === 'DISBURSED' && disbursementReference === paidAs,
    );

    const instruct = { body: { instruction: 'IBAN ...' }, key: 'notice-of-PO-MAIN' };
    const giveNotice = () => bankA.call('POST', `/v1/financings/${first}/notice`, instruct);
    const given = made(await giveNotice());
    expect(given['cover']).not.toBeNull();
    expect((await giveNotice()).body).toEqual(given);
    await arrives(
      () => core.get(`/v1/receivables/${receivable}`),
      ({ notice }) => notice !== undefined,
    );
    const ofFirst = ({ items }: Json) => (items as Json[]).find(({ n }) => n === 1)!;
    // By its holder's leave it knows how much, and not who got it.
    const before = ofFirst(await arrives(() => bankA.get(payments), known(1)));
    expect([before['paidTo'], before['reference']]).toEqual([undefined, undefined]);
    const notified = made(await core.post(`/v1/receivables/${receivable}/notice/acknowledgement`));
    expect(notified).toMatchObject({ encumbrance: { state: 'NOTIFIED' }, notice: { lender: 'bank-a' } });
    const whole = await arrives(
      () => bankA.get(payments),
      (body) => ofFirst(body)['paidTo'] !== undefined,
    );
    expect(ofFirst(whole)).toMatchObject({ paidTo: 'supplier-1', reference: 'SEPA-0', status: 'CLAIMED' });

    const payment = made(await core.post(payments, { amount: '90.00', reference: 'SEPA-1' }));
    expect(payment).toMatchObject({ n: 2, status: 'CLAIMED', paidTo: 'bank-a', amount: { amount: '90.00' } });
    await arrives(() => bankA.get(payments), known(2));
    await arrives(
      () => supplier.get(payments),
      ({ items }) => (items as Json[]).length === 2,
    );
    const byHolder = await supplier.post(`${payments}/2/acknowledgement`);
    expect(refusalOf(byHolder)).toEqual([403, 'PAYMENT_NOT_PAYEE']);
    const earlier = made(await bankA.post(`${payments}/1/acknowledgement`));
    expect(earlier).toMatchObject({ status: 'ACKNOWLEDGED', settles: false, amount: { amount: '6.75' } });
    const counted = made(await bankA.post(`${payments}/2/acknowledgement`));
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
    const shownLate = await supplier.post(`/v1/financings/${first}/evidence`);
    const ended = { code: 'EVIDENCE_GRANT_ENDED', facts: { financing: first, status: 'CLOSED' } };
    expect(shownLate).toMatchObject({ status: 409, body: ended });

    const over = await eventually(
      () => bankA.get(`/v1/receivables/${receivable}`),
      ({ status }) => status === 403,
    );
    expect(over.status).toBe(403);
    // What it was answered showed the cover: no repeat shows that any more.
    const repeated = await eventually(giveNotice, ({ status }) => status === 410);
    expect(refusalOf(repeated)).toEqual([410, 'IDEMPOTENCY_ANSWER_GONE']);
    const [holders, lenders] = [supplier, bankA].map((member) => member.get(`/v1/financings/${first}`));
    const { due, applied } = (await holders!).body;
    expect((await lenders!).body).toMatchObject({ due, applied });
    expect(Number(((applied as Json)['reserve'] as Json)['amount'])).toBeGreaterThan(0);
  });

  it('is judged valid by an index that is one block behind the chain, and by none that is further behind', async () => {
    const { client: bank, databaseUrl } = nodes.of('bank-a');
    const receivable = await story.confirmed({ number: 'PO-BEHIND' });
    await story.requested('bank-a', { receivable });
    const verdict = () => bank.get(`/v1/receivables/${receivable}/verification`);
    await arrives(verdict, ({ valid }) => valid === true);
    const { url } = nodes.anvil;
    const holder = new pg.Client({ connectionString: databaseUrl });
    await holder.connect();
    await withoutBlocks(url, async () => {
      await bank.get('/v1/members', Number(await rpc(url, 'eth_blockNumber')));
      // No block more is indexed while another session holds the checkpoint.
      await holder.query('BEGIN; SELECT * FROM indexer_checkpoint FOR UPDATE');
      await rpc(url, 'evm_mine');
      await new Promise((resolve) => setTimeout(resolve, 200)); // a head that was asked for before is no answer any more
      expect((await verdict()).body).toMatchObject({ valid: true });
      await rpc(url, 'evm_mine');
      const late = await arrives(verdict, ({ valid }) => valid === false);
      const behind = { kind: 'STATUS', status: 'INVALID', data: { behind: 2 } };
      const failing = (late['fragments'] as Json[]).filter(({ status }) => status === 'INVALID');
      expect(failing).toMatchObject([{ ...behind, reason: { code: 'INDEX_BEHIND' } }]);
    }).finally(() => holder.end());
    await arrives(verdict, ({ valid }) => valid === true);
  });

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
  });

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
    // Both signatures of the loser's are public by now: once the winner drops, whoever has them could reserve.
    const won = statuses.findIndex(({ body }) => body['status'] === 'AGREED');
    const lost = financings[1 - won]!;
    const atWinner = () => story.bank(banks[won]!).get(`/v1/financings/${financings[won]}`);
    await arrives(atWinner, ({ status }) => status === 'AGREED');
    made(await story.bank(banks[won]!).post(`/v1/financings/${financings[won]}/drop`));
    await arrives(
      () => story.supplier.get(`/v1/receivables/${receivable}`),
      ({ encumbrance }) => (encumbrance as Json)['state'] === 'NONE',
    );
    const voiding = () => story.supplier.post(`/v1/receivables/${receivable}/void-consent`);
    expect(refusalOf(await voiding())).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
    expect(made(await story.supplier.post(`/v1/financings/${lost}/withdrawal`))).toMatchObject({ status: 'WITHDRAWN' });
    const revoked = nodes
      .of('supplier-1')
      .app.get(UnitOfWork)
      .manager.query<object[]>(
        `SELECT s.status FROM submissions s JOIN chain_cancelled_nonces n ON n.signer = s.account
       WHERE s.act = 'revokeReserveConsent' AND s.subject_id = decode($1, 'hex')`,
        [receivable.slice(2)],
      );
    expect(await revoked).toEqual([{ status: 'INCLUDED' }]);
    made(await voiding());
  });

  it('shows a lender what it was granted, and names and goods to nobody else', async () => {
    const receivable = await story.confirmed({ number: 'PO-SHOWN' });
    const bank = story.bank('bank-a');
    const { body } = await story.supplier.get(`/v1/receivables/${receivable}`);
    const order = (body['orders'] as string[])[0]!;
    await arrives(
      () => bank.get(`/v1/registry/receivables/${receivable}`),
      () => true,
    );
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

  it('shows a lender nothing of another trade whose commitment the buyer puts on the order’s log', async () => {
    const [order, other] = [await story.acceptedOrder('PO-LOGGED'), await story.acceptedOrder('PO-ELSEWHERE')];
    const financing = await story.requested('bank-a', { order });
    const { commitment } = (await story.core.get(`/v1/orders/${other}`)).body;
    const inspected: [Hex, number, Hex, Hex] = [order as Hex, 7, commitment as Hex, `0x${'00'.repeat(32)}`];
    await callAs(nodes.of('core'), order as Hex, { contract: 'OrderRegistry', fn: 'record', args: inspected });
    await story.receive(order, 70);
    const store = nodes.of('bank-a').app.get(EvidenceStore);
    const kept = async () => ({ status: 200, block: 0, body: { items: await store.of(financing as Hex) } }) as never;
    const { items } = await arrives(kept, (body) => JSON.stringify(body).includes('RECEIPT'));
    expect((items as Json[]).map(({ kind }) => kind).sort()).toEqual(['ORDER', 'RECEIPT']);
    expect((items as Json[]).map(({ root }) => root)).not.toContain(commitment);
  });
});

shortfalls();
offers();
orderFinancing();
registrations();
lendersRules();
largeClaims();
silentInvoices();
