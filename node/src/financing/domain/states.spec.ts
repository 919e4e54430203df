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
});
