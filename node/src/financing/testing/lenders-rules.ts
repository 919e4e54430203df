import pg from 'pg';
import { type Answer, type Json, MemberClient } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { DESK_ROLES } from '../../auth/index.js';
import { ForgetApprovals } from '../../policies/storage/forget-approvals.handler.js';
import { made } from './story.js';
import { nodes, story } from './world.js';

const OTHERS = `0x${'12'.repeat(32)}`;

const approvalOf = ({ body }: Answer): string => String((body['facts'] as Json)['approval']);

const decide = (by: MemberClient, approval: string, decision = 'APPROVE'): Promise<Answer> =>
  by.post(`/v1/approvals/${approval}`, { decision });

/** A client with a key as the API shows it once. */
const withKey = (client: MemberClient, { apiKey }: Json): MemberClient =>
  new MemberClient({ ...client.member, apiKey: String(apiKey) });

/** What an administrator does, with another's approval where it takes one. */
async function administer(name: string, path: string, body: Json): Promise<Json> {
  const ask = () => nodes.of(name).client.post(path, body);
  const answer = await ask();
  if (answer.body['code'] !== 'APPROVAL_REQUIRED') return made(answer);
  const second = await nodes.of(name).clientWith('ADMIN');
  expect((await decide(second, approvalOf(answer))).status).toBe(200);
  return made(await ask());
}

/** Tests of a lender’s rule packs and of approval by a second person. */
export function lendersRules(): void {
  describe('rules that a lender sets', () => {
    let receivable: string;
    let version = 0;
    const set = async (...clauses: Json[]) => {
      const pack = { replaces: version, pack: { clauses } };
      await administer('bank-b', '/v1/policies/member', pack);
      version += 1;
    };
    const offer = async (financing: string, more: Json = {}) =>
      story.bank('bank-b').post(`/v1/financings/${financing}/offer`, await story.terms(more));

    beforeAll(async () => {
      receivable = await story.confirmed({ number: 'PO-RULES' });
    });
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
    });

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
    });

    it('need a second administrator for keys and rules while four eyes are among them', async () => {
      const bank = story.bank('bank-b');
      await set();
      const before = withKey(bank, made(await bank.post('/v1/api-keys', { name: 'b', roles: [...DESK_ROLES] })));
      const commands = ['POST /v1/financings/:id/review'];
      await set({ id: 'seen-twice', kind: 'FOUR_EYES', commands });
      const key = { name: 'mine', roles: ['LENDER_DESK'] };
      const asked = await bank.post('/v1/api-keys', key);
      expect(asked.body).toMatchObject({
        code: 'APPROVAL_REQUIRED',
        facts: { clauses: [{ clause: 'second-administrator', scope: 'MEMBER', version }] },
      });
      const pack = { replaces: version, pack: { clauses: [] } };
      expect(refusalOf(await bank.post('/v1/policies/member', pack))).toEqual([409, 'APPROVAL_REQUIRED']);
      const approval = approvalOf(asked);
      const desk = await nodes.of('bank-b').clientWith('LENDER_DESK');
      // Neither the key that asks nor one that it made, nor that one's own, is a second person.
      expect(refusalOf(await decide(before, approval))).toEqual([403, 'APPROVAL_FORBIDDEN']);
      expect((await before.get(`/v1/approvals/${approval}`)).body['body']).toBeNull();
      expect(refusalOf(await decide(bank, approval))).toEqual([403, 'APPROVAL_FORBIDDEN']);
      expect(refusalOf(await decide(desk, approval))).toEqual([403, 'APPROVAL_FORBIDDEN']);
      const mine = withKey(bank, await administer('bank-b', '/v1/api-keys', key));
      const financing = await story.requested('bank-b', { receivable });
      const ask = (by: MemberClient) => by.post(`/v1/financings/${financing}/review`);
      const ofMine = approvalOf(await ask(mine));
      const ofMaker = approvalOf(await ask(bank));
      for (const [by, id] of [
        [bank, ofMine],
        [mine, ofMaker],
        [before, ofMaker],
      ] as const)
        expect(refusalOf(await decide(by, id))).toEqual([403, 'APPROVAL_FORBIDDEN']);
      // Two keys of one maker may well be two people's.
      expect((await decide(before, ofMine)).status).toBe(200);
      expect(made(await ask(mine))['status']).toBe('UNDER_REVIEW');
    });

    it('show and keep what waits no longer than it does', async () => {
      const first = await nodes.of('bank-b').clientWith('LENDER_DESK');
      const second = await nodes.of('bank-b').clientWith('LENDER_DESK');
      const ask = async () => approvalOf(await first.post(`/v1/financings/${OTHERS}/review`));
      const rejected = await ask();
      const body = async (id: string) => (await first.get(`/v1/approvals/${id}`)).body['body'];
      expect(await body(rejected)).toBe('{}');
      expect((await decide(second, rejected, 'REJECT')).body).toMatchObject({ status: 'REJECTED', body: null });
      const late = await ask();
      expect(late).not.toBe(rejected);
      const database = new pg.Client({ connectionString: nodes.of('bank-b').databaseUrl });
      await database.connect();
      try {
        const kept = async () =>
          (await database.query<{ id: string }>('SELECT id FROM approvals WHERE content IS NOT NULL')).rows.map(
            ({ id }) => id,
          );
        expect(await kept()).toContain(late);
        expect(await kept()).not.toContain(rejected);
        await database.query(`UPDATE approvals SET expires_at = now() - interval '1 hour' WHERE id = $1`, [late]);
        expect(await body(late)).toBeNull();
        const forgetting = nodes.of('bank-b').app.get(ForgetApprovals, { strict: false });
        await forgetting.handle();
        expect(await kept()).not.toContain(late);
        expect((await first.get(`/v1/approvals/${late}`)).body).toMatchObject({ status: 'EXPIRED' });
        await database.query(`UPDATE approvals SET expires_at = now() - interval '366 days' WHERE id = $1`, [late]);
        await forgetting.handle();
        // The number of what is kept of a command is in the id of its next: they go together.
        expect((await first.get(`/v1/approvals/${late}`)).status).toBe(200);
        await database.query(`UPDATE approvals SET expires_at = now() - interval '366 days' WHERE id = $1`, [rejected]);
        await forgetting.handle();
        for (const id of [late, rejected]) expect((await first.get(`/v1/approvals/${id}`)).status).toBe(404);
      } finally {
        await database.end();
      }
      expect(await ask()).toBe(rejected);
    });

    it('weigh an order with a change that waits by the larger of both', async () => {
      const order = await story.acceptedOrder('PO-RULES-CHANGE');
      const commands = ['POST /v1/orders/:id/changes/:version/acceptance'];
      const clause = { id: 'grown', kind: 'FOUR_EYES', commands, above: { amount: '207.49', currency: 'GBP' } };
      const pack = (replaces: number, ...clauses: Json[]) => ({ replaces, pack: { clauses } });
      made(await story.supplier.post('/v1/policies/member', pack(0, clause)));
      const { payer: buyer, payee: seller, currency } = story.invoiceOf('PO-RULES-CHANGE');
      const document = (quantity: number) => ({
        ...{
          kind: 'ORDER_CHANGE',
          number: `OC-RULES-${quantity}`,
          issueDate: '2026-11-20',
          orderNumber: 'PO-RULES-CHANGE',
        },
        ...{ currency, buyer, seller, amount: '207.50' },
        lines: [{ id: '1', item: 'RING', unit: 'C62', quantity, amount: '200.00' }],
      });
      /** Proposes a version 2; answers its root once it is at the supplier. */
      const proposed = async (quantity: number, ...before: string[]): Promise<string> => {
        made(await story.core.post(`/v1/orders/${order}/changes`, { document: document(quantity) }));
        const pendingIn = ({ pendingChange }: Json) =>
          (pendingChange ?? {}) as { commitment?: string; amount?: string };
        const seen = await story.arrives(
          () => story.supplier.get(`/v1/orders/${order}`),
          // With its document, without which nobody accepts it.
          (body) => pendingIn(body).amount === '207.50' && !before.includes(pendingIn(body).commitment!),
        );
        return pendingIn(seen).commitment!;
      };
      const path = `/v1/orders/${order}/changes/2/acceptance`;
      const first = await proposed(200);
      const held = await story.supplier.post(path);
      expect(refusalOf(held)).toEqual([409, 'APPROVAL_REQUIRED']);
      // What was approved is this proposal: not another that its maker puts in its place under the same version.
      const approver = await nodes.of('supplier-1').clientWith('SUPPLIER_DESK');
      const aboutOf = async (id: string) => (await approver.get(`/v1/approvals/${id}`)).body['about'];
      expect(await aboutOf(approvalOf(held))).toContainEqual({ what: 'CHANGE', root: first });
      expect((await decide(approver, approvalOf(held))).status).toBe(200);
      made(await story.core.post(`/v1/orders/${order}/changes/2/rejection`));
      const second = await proposed(300, first);
      const stale = await story.supplier.post(path);
      expect(refusalOf(stale)).toEqual([409, 'APPROVAL_STALE']);
      expect(stale.body['facts']).toMatchObject({ approved: approvalOf(held) });
      expect(await aboutOf(approvalOf(stale))).toContainEqual({ what: 'CHANGE', root: second });
      expect((await approver.get(`/v1/approvals/${approvalOf(held)}`)).body['status']).toBe('APPROVED');
      expect((await decide(approver, approvalOf(stale))).status).toBe(200);
      expect(made(await story.supplier.post(path))['version']).toBe(2);
      await administer('supplier-1', '/v1/policies/member', pack(1));
    });

    it('are versions: one that was changed meanwhile is not overwritten', async () => {
      await set();
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
}
