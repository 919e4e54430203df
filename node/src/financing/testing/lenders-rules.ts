import type { Json } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { made } from './story.js';
import { nodes, story } from './world.js';

/** Tests of a lender’s rule packs and of approval by a second person. */
export function lendersRules(): void {
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
}
