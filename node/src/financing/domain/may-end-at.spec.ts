import { mayEndAt } from './may-end-at.js';
import type { FinancingStatus } from './states.js';

const NOW = 1_000_000;
const at = (status: FinancingStatus, now = NOW) =>
  mayEndAt({ status, financing: { offer: { terms: { expiresAt: NOW + 20, disburseBy: NOW + 10 } } } }, now);

it('is the first second at which an offer, or its reservation, may be over', () => {
  expect([at('OFFERED'), at('AGREED')]).toEqual([NOW + 11, NOW + 11]);
  expect([at('OFFERED', NOW + 10), at('OFFERED', NOW + 11)]).toEqual([NOW + 11, NOW + 21]);
});

it('is never for what is over, and a week ahead for what nobody can say', () => {
  for (const over of ['DECLINED', 'WITHDRAWN', 'EXPIRED', 'CLOSED', 'REPURCHASED', 'WRITTEN_OFF'] as const)
    expect(at(over)).toBeNull();
  for (const runs of ['REQUESTED', 'UNDER_REVIEW', 'DISBURSED', 'OVERDUE', 'RECOURSE_CALLED', 'REPAID'] as const)
    expect(at(runs)).toBe(NOW + 7 * 86_400);
});
