import type { EncumbranceState } from '../../receivables/domain/states.js';
import { deriveStatus, type FinancingFacts, type ReservationFacts } from './derive-status.js';

const NOW = 1_000;
const offered: FinancingFacts = { recorded: 'OFFERED', offerExpiresAt: NOW, fullyRepaid: false };
const reservation = (
  state: EncumbranceState,
  ending: ReservationFacts['ending'] = null,
  disburseBy = NOW,
): ReservationFacts => ({ state, ending, disburseBy });

describe('deriveStatus', () => {
  it('is what the members said while the chain says nothing', () => {
    for (const recorded of ['REQUESTED', 'UNDER_REVIEW', 'DECLINED', 'WITHDRAWN'] as const) {
      expect(deriveStatus({ ...offered, recorded }, NOW + 1)).toBe(recorded);
    }
  });

  it('lets an offer expire after its last second, by block time', () => {
    expect(deriveStatus(offered, NOW)).toBe('OFFERED');
    expect(deriveStatus(offered, NOW + 1)).toBe('EXPIRED');
  });

  it.each([
    ['reserved', reservation('RESERVED'), 'AGREED'],
    ['reserved, past disburseBy though nothing cleared it', reservation('RESERVED', null, NOW - 1), 'EXPIRED'],
    ['lapsed', reservation('NONE', 'LAPSED'), 'EXPIRED'],
    ['dropped', reservation('NONE', 'DROPPED'), 'EXPIRED'],
    ['pledged', reservation('PLEDGED'), 'DISBURSED'],
    ['assigned, long past disburseBy', reservation('ASSIGNED', null, 1), 'DISBURSED'],
    ['notified', reservation('NOTIFIED'), 'DISBURSED'],
    ['released', reservation('NONE', 'RELEASED'), 'CLOSED'],
    ['taken over by a receivable', reservation('NONE', 'ROLLED_OVER'), 'CLOSED'],
    ['overruled', reservation('NONE', 'OVERRULED'), 'CLOSED'],
    ['bought back', reservation('NONE', 'REPURCHASED'), 'REPURCHASED'],
    ['written off', reservation('NONE', 'WRITTEN_OFF'), 'WRITTEN_OFF'],
  ])('%s', (_, given, status) => expect(deriveStatus({ ...offered, reservation: given }, NOW)).toBe(status));

  it('believes the chain over an expiry or a withdrawal that came too late', () => {
    const agreed = { ...offered, reservation: reservation('RESERVED', null, NOW + 10) };
    expect(deriveStatus(agreed, NOW + 5)).toBe('AGREED');
    expect(deriveStatus({ ...agreed, recorded: 'WITHDRAWN' }, NOW + 5)).toBe('AGREED');
  });

  it('is overdue by the payee’s word, under recourse by the lender’s, and neither once all is repaid', () => {
    const late = { ...offered, overdue: true, reservation: reservation('ASSIGNED') };
    expect(deriveStatus(late, NOW)).toBe('OVERDUE');
    const called = { ...late, reservation: { ...reservation('PLEDGED'), recourse: `0x${'01'.repeat(32)}` as const } };
    expect(deriveStatus(called, NOW)).toBe('RECOURSE_CALLED');
    expect(deriveStatus({ ...called, fullyRepaid: true }, NOW)).toBe('REPAID');
    expect(deriveStatus({ ...late, reservation: reservation('RESERVED') }, NOW)).toBe('AGREED');
    expect(deriveStatus({ ...late, reservation: reservation('NONE', 'RELEASED') }, NOW)).toBe('CLOSED');
  });

  it('is repaid once all is, and stays so until released', () => {
    const lent = { ...offered, fullyRepaid: true };
    expect(deriveStatus({ ...lent, reservation: reservation('NOTIFIED') }, NOW)).toBe('REPAID');
    expect(deriveStatus({ ...lent, reservation: reservation('NONE', 'RELEASED') }, NOW)).toBe('CLOSED');
  });
});
