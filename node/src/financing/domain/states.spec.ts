import { requireAct } from './require-act.js';
import {
  FINANCING_STATUSES,
  FINANCING_TRANSITIONS,
  type FinancingAct,
  type FinancingTransition,
  permits,
} from './states.js';

const acts = Object.keys(FINANCING_TRANSITIONS) as FinancingAct[];

describe('states of a financing', () => {
  it.each(['DECLINED', 'WITHDRAWN', 'EXPIRED', 'CLOSED', 'REPURCHASED', 'WRITTEN_OFF'] as const)(
    '%s is terminal (rule 6)',
    (status) => {
      expect(acts.filter((act) => permits(act, status))).toEqual([]);
    },
  );

  it('reaches every state from REQUESTED', () => {
    const reached = new Set<string>(['REQUESTED']);
    for (let size = 0; size !== reached.size;) {
      size = reached.size;
      for (const { from, to } of Object.values<FinancingTransition>(FINANCING_TRANSITIONS))
        if (to && from.some((s) => reached.has(s))) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...FINANCING_STATUSES].sort());
  });

  it('agrees to nothing but an offer, and withdraws nothing agreed', () => {
    expect(FINANCING_STATUSES.filter((status) => permits('agree', status))).toEqual(['OFFERED']);
    expect(permits('withdraw', 'AGREED')).toBe(false);
  });

  it.each(acts)('%s is refused in every state that is not listed, and to the other side in any', (act) => {
    const { by, to }: FinancingTransition = FINANCING_TRANSITIONS[act];
    const own = by === 'lender' ? 'LENDER' : by === 'holder' || by === 'both' ? 'HOLDER' : undefined;
    for (const status of FINANCING_STATUSES) {
      for (const side of ['LENDER', 'HOLDER'] as const) {
        const attempt = () => requireAct(act, side, status, '0x01');
        if (side !== own) expect(attempt).toThrow(refusal('FINANCING_UNAUTHORIZED', { act }));
        else if (permits(act, status)) expect(attempt).not.toThrow();
        else {
          const facts = { financing: '0x01', from: status, ...(to ? { to } : { act }) };
          expect(attempt).toThrow(refusal('FINANCING_INVALID_TRANSITION', facts));
        }
      }
    }
  });
});

const refusal = (code: string, facts: object) =>
  expect.objectContaining({ code, facts: expect.objectContaining(facts) as object });
