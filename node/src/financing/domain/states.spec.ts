import { requireAct } from './require-act.js';
import { FINANCING_STATUSES, FINANCING_TRANSITIONS, permits, type FinancingAct } from './states.js';

const acts = Object.keys(FINANCING_TRANSITIONS) as FinancingAct[];

describe('states of a financing', () => {
  it.each(['DECLINED', 'WITHDRAWN', 'EXPIRED', 'CLOSED'] as const)('%s is terminal (rule 6)', (status) => {
    expect(acts.filter((act) => permits(act, status))).toEqual([]);
  });

  it('reaches every state from REQUESTED', () => {
    const reached = new Set<string>(['REQUESTED']);
    for (let size = 0; size !== reached.size;) {
      size = reached.size;
      for (const { from, to } of Object.values(FINANCING_TRANSITIONS))
        if (from.some((s) => reached.has(s))) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...FINANCING_STATUSES].sort());
  });

  it('agrees to nothing but an offer, and withdraws nothing agreed', () => {
    expect(FINANCING_STATUSES.filter((status) => permits('agree', status))).toEqual(['OFFERED']);
    expect(permits('withdraw', 'AGREED')).toBe(false);
  });

  it.each(acts)('%s is refused in every state that is not listed, and to the other side in any', (act) => {
    const { by, to } = FINANCING_TRANSITIONS[act];
    const [own, other] = by === 'lender' ? (['LENDER', 'HOLDER'] as const) : (['HOLDER', 'LENDER'] as const);
    for (const status of FINANCING_STATUSES) {
      const attempt = () => requireAct(act, own, status, '0x01');
      if (permits(act, status)) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(refusal('FINANCING_INVALID_TRANSITION', { financing: '0x01', from: status, to }));
      expect(() => requireAct(act, other, status, '0x01')).toThrow(refusal('FINANCING_UNAUTHORIZED', { act }));
    }
  });
});

const refusal = (code: string, facts: object) =>
  expect.objectContaining({ code, facts: expect.objectContaining(facts) as object });
