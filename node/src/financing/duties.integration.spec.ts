import { jest } from '@jest/globals';
import { Wallet } from 'ethers';
import type { Json } from '../../../scripts/demo/client.js';
import { prepare, switchTo } from '../../../scripts/keys/rotation.js';
import type { StoredKeys } from '../config/index.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { EnvelopePost } from '../exchange/sending/post-envelope.js';
import { arrives, DUE, made, Story } from './testing/story.js';

const DAY = 86_400;
const VOTERS = ['core', 'supplier-1', 'supplier-2', 'bank-a', 'bank-b'] as const;

const keys = new Map<string, StoredKeys>();
let nodes: TestNodes;
let story: Story;

beforeAll(async () => {
  const keysOf = (name: string, own: StoredKeys) => {
    keys.set(name, prepare(own, 'operator'));
    return keys.get(name)!;
  };
  nodes = await startNodes(VOTERS, { keysOf });
  story = new Story(nodes);
});

afterAll(() => nodes?.stop());

const post = (member: string, path: string, body?: Json) => nodes.of(member).client.post(path, body);
const shows = (member: string, path: string, wanted: (body: Json) => boolean) =>
  arrives(() => nodes.of(member).client.get(path), wanted);

/** What all that may vote decide, carried out. */
async function decide(proposal: Json, voters: readonly string[]): Promise<void> {
  const proposed = made(await post('core', '/v1/proposals', { reason: 'because', ...proposal }));
  const path = `/v1/proposals/${String(proposed['id'])}`;
  for (const voter of voters) {
    await shows(voter, path, () => true);
    made(await post(voter, `${path}/votes`, { approve: true }));
  }
  await shows('core', path, ({ status }) => status === 'PASSED');
  const { block } = await post('core', `${path}/execution`);
  await Promise.all(VOTERS.map((name) => nodes.of(name).client.get('/v1/members', block)));
}

/** A claim of bank-a's that its obligor was given notice of, and acknowledged. */
async function notified(number: string): Promise<{ claim: string; advance: string; receivable: string }> {
  const receivable = await story.confirmed({ number }, { amount: '96.75', dueDate: '2026-11-01' });
  const financing = await story.requested('bank-a', { receivable });
  await story.offered('bank-a', financing, { recourse: true, repayBy: DUE });
  await story.disbursed('bank-a', financing);
  const [claim, advance] = [`/v1/receivables/${receivable}`, `/v1/financings/${financing}`];
  made(await post('bank-a', `${advance}/notice`));
  await shows('core', claim, ({ notice }) => notice !== undefined);
  made(await post('core', `${claim}/notice/acknowledgement`));
  await shows('bank-a', advance, ({ encumbrance }) => (encumbrance as Json)['state'] === 'NOTIFIED');
  return { claim, advance, receivable };
}

async function paid(claim: string): Promise<void> {
  const payment = made(await post('core', `${claim}/payments`, { amount: '96.75', reference: 'SEPA' }));
  await shows('bank-a', `${claim}/payments`, ({ items }) => (items as Json[]).at(-1)?.['amount'] !== undefined);
  made(await post('bank-a', `${claim}/payments/${String(payment['n'])}/acknowledgement`));
  await shows('supplier-1', claim, ({ status }) => status === 'SETTLED');
}

it('a lender that is paid and says nothing is overruled by its chamber, ten days after the holder’s demand', async () => {
  const { claim, advance, receivable } = await notified('PO-SILENT');
  const demand = () => post('supplier-1', `${advance}/release-demand`, { reason: 'all is paid' });
  expect(refusalOf(await demand())).toEqual([409, 'RECEIVABLE_NOT_SETTLED']);
  await paid(claim);
  const byLender = await post('bank-a', `${advance}/release-demand`, { reason: 'x' });
  expect(refusalOf(byLender)).toEqual([403, 'FINANCING_UNAUTHORIZED']);
  const demanded = made(await demand());
  expect(demanded).toMatchObject({ releaseDemanded: { reason: 'all is paid' } });
  expect(refusalOf(await demand())).toEqual([409, 'RELEASE_ALREADY_DEMANDED']);
  await shows('bank-a', advance, (body) => (body['releaseDemanded'] as Json | null)?.['reason'] === 'all is paid');

  const overruling = { kind: 'OVERRULE_LENDER', receivable };
  const early = await post('bank-b', '/v1/proposals', { reason: 'silent', ...overruling });
  expect(refusalOf(early)).toEqual([409, 'LENDER_NOT_SILENT']);
  await nodes.passTime(10 * DAY + 60);
  await decide(overruling, ['bank-a', 'bank-b']);
  const over = await shows('supplier-1', advance, ({ status }) => status === 'CLOSED');
  expect(over).toMatchObject({ encumbrance: { state: 'NONE' } });
  expect(refusalOf(await post('bank-a', `${advance}/release`))).toEqual([409, 'FINANCING_INVALID_TRANSITION']);
});

it('a lender that is paid is asked to release by the obligor too, where the holder does not care', async () => {
  const { claim, advance } = await notified('PO-CARELESS');
  const reason = 'our order cannot end';
  const demand = (by: string) => post(by, `${claim}/release-demand`, { reason });
  expect(refusalOf(await demand('core'))).toEqual([409, 'RECEIVABLE_NOT_SETTLED']);
  await paid(claim);
  await shows('core', claim, ({ status }) => status === 'SETTLED');
  await shows('supplier-2', claim.replace('/v1/', '/v1/registry/'), () => true);
  expect(refusalOf(await demand('supplier-2'))).toEqual([403, 'RECEIVABLE_UNAUTHORIZED']);
  made(await demand('core'));
  for (const side of ['bank-a', 'supplier-1']) {
    await shows(side, advance, (body) => (body['releaseDemanded'] as Json | null)?.['reason'] === reason);
  }
  expect(refusalOf(await demand('supplier-1'))).toEqual([409, 'RELEASE_ALREADY_DEMANDED']);
  made(await post('bank-a', `${advance}/release`));
  await shows('core', claim, ({ encumbrance }) => (encumbrance as Json)['state'] === 'NONE');
  expect(refusalOf(await demand('core'))).toEqual([409, 'ENCUMBRANCE_INVALID_TRANSITION']);
});

const accountOf = (key = '') => new Wallet(key).address.toLowerCase();
const revoke = async (member: string, account: string) => made(await post(member, `/v1/keys/${account}/revocation`));

/** The member's next operator is listed, and its node goes on with it. */
async function replaceOperator(member: string): Promise<void> {
  const own = keys.get(member)!;
  made(await post(member, '/v1/keys', { kind: 'OPERATOR', account: accountOf(own.next?.operator) }));
  await nodes.restart(member, switchTo(own, 'operator'));
}

/** From then on no letter of one member reaches another's node, until what is answered is called. */
async function cutOff(from: string, to: string): Promise<() => void> {
  const { endpoint } = (await shows(from, `/v1/members/${to}`, () => true)) as { endpoint: string };
  const post = nodes.of(from).app.get(EnvelopePost, { strict: false });
  const deliver = post.deliver.bind(post);
  const cut = jest.spyOn(post, 'deliver').mockImplementation((place, sealed) => {
    if (place === endpoint) return Promise.reject(Object.assign(new Error('cut off'), { code: 'ECONNREFUSED' }));
    return deliver(place, sealed);
  });
  return () => cut.mockRestore();
}

/** Less of what a claim is for was received than the buyer said first, which its lender is shown by the holder. */
async function correctReceipt(receivable: string, quantity: number): Promise<void> {
  const [order] = (await shows('core', `/v1/receivables/${receivable}`, () => true))['orders'] as string[];
  const path = `/v1/orders/${order}/milestones`;
  const [receipt] = (await shows('core', path, () => true))['items'] as Json[];
  const lines = [{ id: '1', item: 'RING', unit: 'C62', quantity, orderLine: '1' }];
  const document = { kind: 'RECEIPT', issueDate: '2026-11-11', lines };
  made(await post('core', path, { kind: 'RECEIVED', supersedes: receipt!['entry'], document }));
}

it('what operators signed stands when they are replaced, and is signed anew where nobody relies on it yet (rule 7)', async () => {
  const lent = await story.confirmed({ number: 'PO-ROTATED' });
  const financing = await story.requested('bank-a', { receivable: lent });
  await story.offered('bank-a', financing);
  await story.disbursed('bank-a', financing);
  const open = await story.confirmed({ number: 'PO-UNTAKEN' });
  const request = await story.requested('bank-a', { receivable: open });
  const [claim, advance] = [`/v1/receivables/${lent}`, `/v1/financings/${financing}`];

  await revoke('bank-a', accountOf(keys.get('bank-a')!.operator));
  const said = [
    await post('bank-a', `/v1/financings/${request}/offer`, await story.terms()),
    await post('bank-a', `${advance}/notice`),
  ];
  expect(said.map(refusalOf)).toEqual(new Array(2).fill([403, 'MEMBER_KEY_REVOKED']));
  await replaceOperator('bank-a');
  made(await post('bank-a', `${advance}/notice`));
  await shows('core', claim, ({ notice }) => notice !== undefined);
  await story.offered('bank-a', request);

  // On its way while the operator is revoked that signed the word in it.
  const flown = await story.confirmed({ number: 'PO-FLOWN' });
  const reconnect = await cutOff('supplier-1', 'bank-b');
  const asked = { receivable: flown, lender: 'bank-b', requested: { amount: '80.00', currency: 'GBP' } };
  const late = String(made(await post('supplier-1', '/v1/financings', asked))['id']);
  expect((await shows('supplier-1', `/v1/financings/${late}`, () => true))['delivered']).toBe(true);

  await replaceOperator('core');
  await revoke('core', accountOf(keys.get('core')!.operator));
  made(await post('core', `${claim}/notice/acknowledgement`));
  await correctReceipt(lent, 70);
  await shows('bank-a', advance, ({ shortfall }) => (shortfall as Json | null)?.['amount'] === '4.75');
  await shows('supplier-1', claim, ({ encumbrance }) => (encumbrance as Json)['state'] === 'NOTIFIED');
  // Its tags were signed by the operator that is no more, and no chain has seen them.
  const agree = (id: string) => post('supplier-1', `/v1/financings/${id}/agreement`);
  reconnect();
  await shows('bank-b', `/v1/financings/${late}`, ({ evidenceAwaited }) => evidenceAwaited === false);
  await story.offered('bank-b', late);
  made(await agree(late));
  expect(refusalOf(await agree(request))).toEqual([403, 'MEMBER_KEY_REVOKED']);
  const anew = await story.requested('bank-b', { receivable: open });
  await story.offered('bank-b', anew);
  made(await agree(request));
  expect(refusalOf(await agree(anew))).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
  for (const member of ['core', 'supplier-1', 'bank-a', 'bank-b'])
    expect((await nodes.of(member).client.get('/v1/exchange/set-aside')).body['items']).toEqual([]);
});

it('a one-time account is certified anew in a request and an offer that are on their way while its operator is revoked (rule 7)', async () => {
  const receivable = await story.confirmed({ number: 'PO-CERTIFIED' });
  const nothingSetAside = async () => {
    for (const member of ['supplier-1', 'bank-b'])
      expect((await nodes.of(member).client.get('/v1/exchange/set-aside')).body['items']).toEqual([]);
  };
  await cutOff('supplier-1', 'bank-b');
  const asked = { receivable, lender: 'bank-b', requested: { amount: '80.00', currency: 'GBP' } };
  const id = String(made(await post('supplier-1', '/v1/financings', asked))['id']);
  // The letter waits for its grant, which that operator sends.
  const granted = ({ items }: Json) => (items as Json[])[0]?.['status'] === 'ACTIVE';
  await shows('supplier-1', `/v1/grants?receivable=${receivable}`, granted);
  await revoke('supplier-1', accountOf(keys.get('supplier-1')!.operator));
  // As it starts again it reaches the other.
  await replaceOperator('supplier-1');
  await shows('bank-b', `/v1/financings/${id}`, ({ evidenceAwaited }) => evidenceAwaited === false);
  await nothingSetAside();

  await cutOff('bank-b', 'supplier-1');
  made(await post('bank-b', `/v1/financings/${id}/offer`, await story.terms()));
  await revoke('bank-b', accountOf(keys.get('bank-b')!.operator));
  await replaceOperator('bank-b');
  await shows('supplier-1', `/v1/financings/${id}`, ({ status }) => status === 'OFFERED');
  made(await post('supplier-1', `/v1/financings/${id}/agreement`));
  await nothingSetAside();
});

it('suspended members begin nothing, and finish what they began (rule 10)', async () => {
  const { claim, advance } = await notified('PO-DUTY');
  const open = await story.confirmed({ number: 'PO-OPEN' });
  const request = await story.requested('bank-a', { receivable: open });
  const other = await story.requested('bank-b', { receivable: open });
  const order = await story.acceptedOrder('PO-ISSUED');
  await story.receive(order, 90);
  const issued = await story.issued(order, story.invoiceOf('PO-ISSUED'));
  await decide({ kind: 'SUSPEND', member: 'supplier-1' }, VOTERS);
  await decide(
    { kind: 'SUSPEND', member: 'bank-a' },
    VOTERS.filter((name) => name !== 'supplier-1'),
  );

  const begun = [
    await post('supplier-1', '/v1/financings', {
      ...{ receivable: open, lender: 'bank-b', requested: { amount: '10.00', currency: 'GBP' } },
    }),
    await post('bank-a', `/v1/financings/${request}/offer`, await story.terms()),
    // Nor does anybody with one of them.
    await post('bank-b', `/v1/financings/${other}/offer`, await story.terms()),
  ];
  expect(begun.map(refusalOf)).toEqual(new Array(3).fill([403, 'MEMBER_NOT_ACTIVE']));
  await story.confirm(issued, { amount: '96.75' });

  made(await post('bank-a', `${claim}/overdue`, { reason: 'late' }));
  await shows('supplier-1', claim, ({ lateness }) => (lateness as Json[])[0]?.['reason'] === 'late');
  made(await post('bank-a', `${advance}/recourse`));
  await shows('supplier-1', advance, ({ status }) => status === 'RECOURSE_CALLED');
  made(await post('supplier-1', `${advance}/contest`, { reason: 'not all came' }));
  await shows('bank-a', advance, (body) => (body['contested'] as Json | null)?.['reason'] === 'not all came');
  made(await post('bank-a', `${advance}/repurchase`, { reference: 'BUY' }));
  await shows('supplier-1', advance, (body) => (body['repurchased'] as Json | null)?.['reference'] === 'BUY');
  await shows('core', claim, ({ encumbrance }) => (encumbrance as Json)['state'] === 'NONE');
  made(await post('supplier-1', `/v1/financings/${request}/withdrawal`));
  await shows('bank-a', `/v1/financings/${request}`, ({ status }) => status === 'WITHDRAWN');
  made(await post('core', `${claim}/payments`, { amount: '96.75', reference: 'SEPA' }));
  const items = await shows(
    'supplier-1',
    `${claim}/payments`,
    (body) => (body['items'] as Json[])[0]?.['amount'] !== undefined,
  );
  const n = String((items['items'] as Json[])[0]!['n']);
  expect(made(await post('supplier-1', `${claim}/payments/${n}/acknowledgement`))).toMatchObject({ settles: true });
});
