import {
  ENCUMBRANCE_STATES,
  permits,
  RECEIVABLE_STATUSES,
  RECEIVABLE_TRANSITIONS,
  type ReceivableAct,
} from './states.js';

const acts = Object.keys(RECEIVABLE_TRANSITIONS) as ReceivableAct[];

describe('states of a receivable', () => {
  it('number as the contract numbers them', () => {
    expect(RECEIVABLE_STATUSES.indexOf('VOID') + 1).toBe(6);
    expect(ENCUMBRANCE_STATES.indexOf('NOTIFIED')).toBe(4);
  });

  it.each(['SPLIT', 'WRITTEN_OFF', 'VOID'] as const)('%s is terminal (rule 6)', (status) => {
    const open = acts.filter((act) => ENCUMBRANCE_STATES.some((encumbrance) => permits(act, status, encumbrance)));
    expect(open).toEqual([]);
  });

  it('lets of a settled claim only the lender’s be ended or argued about, and a dispute be closed', () => {
    const open = acts.filter((act) => ENCUMBRANCE_STATES.some((encumbrance) => permits(act, 'SETTLED', encumbrance)));
    const late = ['contestDisbursement', 'callRecourse', 'demandRelease', 'overrule'];
    expect(open).toEqual(['drop', 'lapse', 'release', ...late, 'resolveDispute']);
  });

  it('reserves and voids only what is free, and only confirmed claims are reserved (rules 1, 2)', () => {
    for (const encumbrance of ENCUMBRANCE_STATES) {
      expect(permits('reserve', 'CONFIRMED', encumbrance)).toBe(encumbrance === 'NONE');
      expect(permits('void', 'CONFIRMED', encumbrance)).toBe(encumbrance === 'NONE');
      expect(permits('reserve', 'ISSUED', encumbrance)).toBe(false);
    }
  });
});
