import { type FinancingFacts, requireAllowed } from '../../policies/domain/financing-rules.js';
import type { OfferTerms } from '../domain/offer.js';
import type { Advanceable } from '../queries/advanceable.js';
import { FinancingRules } from './financing-rules.js';

const NOW = Date.parse('2026-11-27T00:00:00Z') / 1000;

/** Whether an offer is within a longest tenor of 90 days, on a claim that is payable then. */
function offered(repayBy: string, payableOn?: string): Promise<unknown> {
  const clause = { id: 'ninety', kind: 'LONGEST_TENOR', days: 90 } as const;
  const packs = [{ scope: 'MEMBER' as const, version: 1, clauses: [clause] }];
  const policies = {
    has: (kind: string) => Promise.resolve(kind === clause.kind),
    requireFinancing: (facts: FinancingFacts) => Promise.resolve().then(() => requireAllowed(packs, facts)),
  };
  const head = { current: () => ({ timestamp: NOW }) };
  const rules = new FinancingRules({} as never, policies as never, {} as never, head as never);
  const able = { orders: [], obligor: 1, payableOn } as unknown as Advanceable;
  const terms = { advance: { amount: '80.00', currency: 'GBP' }, repayBy } as OfferTerms;
  return rules.requireOffer(able, terms).then(
    () => 'ALLOWED',
    ({ code, facts }: { code: string; facts: Record<string, unknown> }) => [code, facts['tenorDays']],
  );
}

describe('the tenor of an offer', () => {
  it.each([
    ['until its repayment, where the claim says no day', '2027-02-25', undefined, 'ALLOWED'],
    ['a day beyond', '2027-02-26', undefined, ['POLICY_REFUSES', 91]],
    ['until the claim is payable, be the discount to end before', '2026-12-01', '2027-02-26', ['POLICY_REFUSES', 91]],
    ['until its repayment, be the claim payable before', '2027-02-26', '2026-12-01', ['POLICY_REFUSES', 91]],
    ['of a claim that is due already', '2026-12-01', '2026-11-01', 'ALLOWED'],
  ])('is %s', async (_, repayBy, payableOn, expected) => {
    expect(await offered(repayBy, payableOn)).toEqual(expected);
  });
});
