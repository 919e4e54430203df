import { hexlify, randomBytes, Wallet } from 'ethers';
import { arrives, made, type Story } from '../../../node/src/financing/testing/story.js';
import type { Json } from '../../../scripts/demo/client.js';
import type { RunningConsortium } from '../../support/running-consortium.js';
import type { OnChain } from './on-chain.js';
import type { Taken } from './orders.js';

/** Makes members do each kind of thing at least once, so that each table that is derived from the chain has rows. */
export async function doEverything(consortium: RunningConsortium, story: Story, chain: OnChain): Promise<Taken[]> {
  const disputed = await disputedClaim(story);
  const financed = await twiceReserved(story);
  await governance(consortium);
  await batch(story);
  await besideNodes(chain);
  return [disputed, financed];
}

async function disputedClaim(story: Story): Promise<Taken> {
  const { core, supplier } = story;
  const number = 'PO-DISPUTED';
  const id = await story.acceptedOrder(number);
  const until = new Date(Date.now() + 86_400_000).toISOString();
  made(await supplier.post(`/v1/orders/${id}/participants`, { member: 'carrier', kinds: ['DELIVERED'], until }));
  await story.receive(id, 100);
  const invoice = story.invoiceOf(number);
  const receivable = await story.confirm(await story.issued(id, invoice), {});
  const { payer, payee, issueDate } = invoice;
  const credit = {
    ...{ kind: 'CREDIT_NOTE', number: 'CN-1', currency: 'GBP', amount: '1.00', issueDate, payer, payee },
    invoiceNumber: invoice['number'],
    lines: [{ id: '1', quantity: 1, amount: '1.00' }],
  };
  made(await supplier.post(`/v1/receivables/${receivable}/credit-notes`, { document: credit }));
  made(await core.post(`/v1/receivables/${receivable}/disputes`, { amount: '2.00', reason: 'cracked' }));
  made(await core.post(`/v1/receivables/${receivable}/payments`, { amount: '3.00', reference: 'PAID-1' }));
  const change = { kind: 'ORDER_CHANGE', number: 'CH-1', orderNumber: number, lines: [{ id: '1', quantity: 90 }] };
  const document = { ...change, issueDate, currency: 'GBP', buyer: payer, seller: payee };
  made(await core.post(`/v1/orders/${id}/changes`, { document }));
  return { number, id };
}

/** A claim whose holder would have had it voided until one bank reserved it, which dropped it, and that another has reserved now. */
async function twiceReserved(story: Story): Promise<Taken> {
  const number = 'PO-RESERVED';
  const receivable = await story.confirmed({ number });
  made(await story.supplier.post(`/v1/receivables/${receivable}/void-consent`));
  for (const bank of ['bank-a', 'bank-b']) {
    const financing = await story.requested(bank, { receivable });
    await story.offered(bank, financing);
    made(await story.supplier.post(`/v1/financings/${financing}/agreement`));
    await arrives(
      () => story.bank(bank).get(`/v1/financings/${financing}`),
      ({ status }) => status === 'AGREED',
    );
    if (bank !== 'bank-a') continue;
    made(await story.bank(bank).post(`/v1/financings/${financing}/drop`));
    await arrives(
      () => story.bank('bank-b').get(`/v1/registry/receivables/${receivable}`),
      ({ encumbrance }) => (encumbrance as Json)['state'] === 'NONE',
    );
  }
  const { body } = await story.supplier.get(`/v1/orders?number=${number}`);
  const [order] = body['items'] as { id: string }[];
  return { number, id: order!.id };
}

async function batch({ core }: Story): Promise<void> {
  const [commitment, tag] = [hexlify(randomBytes(32)), hexlify(randomBytes(32))];
  made(await core.post('/v1/orders/batches?supplier=supplier-1', [{ commitment, tag }]));
}

async function governance(consortium: RunningConsortium): Promise<void> {
  const core = consortium.member('core');
  made(await core.post('/v1/legal-entities', { entity: '0088:9521000000018' }));
  const proposal: Json = { kind: 'SUSPEND', member: 'supplier-2', reason: 'tests it' };
  const { id } = made(await core.post('/v1/proposals', proposal));
  const bank = consortium.member('bank-a');
  await arrives(
    () => bank.get(`/v1/proposals/${String(id)}`),
    () => true,
  );
  made(await bank.post(`/v1/proposals/${String(id)}/votes`, { approve: false }));
}

/** What no route does yet: a registration; and a grant and a batch of evidence by accounts of no node. */
async function besideNodes(chain: OnChain): Promise<void> {
  const owner = new Wallet(hexlify(randomBytes(32)), chain.provider);
  const two = [hexlify(randomBytes(32)), hexlify(randomBytes(32))];
  const grant = await chain.send(owner, 'grant', two, 'AccessGrants');
  const anchor = await chain.send(chain.operator('carrier'), 'anchor', [two[0], 1000, 1], 'EvidenceAnchor');
  const [confirmed] = await chain.events('ReceivableConfirmed');
  const receivable = String(confirmed!.args['receivable']);
  const holder = chain.oneTime('supplier-1', receivable);
  const registration = await chain.send(holder, 'recordRegistration', [receivable, two[1]]);
  const ends = { grant, anchor, registration };
  for (const [act, end] of Object.entries(ends)) if (end !== 'INCLUDED') throw new Error(`${act}: ${end}`);
}
