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

  it('lets a settled claim only be released, and a dispute about it be closed', () => {
    const open = acts.filter((act) => ENCUMBRANCE_STATES.some((encumbrance) => permits(act, 'SETTLED', encumbrance)));
    expect(open).toEqual(['release', 'resolveDispute']);
  });

  it('reserves and voids only what is free, and only confirmed claims are reserved (rules 1, 2)', () => {
    for (const encumbrance of ENCUMBRANCE_STATES) {
      expect(permits('reserve', 'CONFIRMED', encumbrance)).toBe(encumbrance === 'NONE');
      expect(permits('void', 'CONFIRMED', encumbrance)).toBe(encumbrance === 'NONE');
      expect(permits('reserve', 'ISSUED', encumbrance)).toBe(false);
    }
  });
});
