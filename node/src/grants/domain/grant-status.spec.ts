import type { Hex } from '../../kernel/hex.js';
import { statusOf } from './grant-status.js';

const commitment: Hex = `0x${'c0'.repeat(32)}`;
const grant = { commitment, needsApproval: false, approval: null, withdrawn: false, from: 100, until: 200 };
const chain = { commitment, madeAt: 90, revokedAt: null };

it.each([
  [99, 'UPCOMING'],
  [100, 'ACTIVE'],
  [199, 'ACTIVE'],
  [200, 'EXPIRED'],
])('at %d it is %s', (now, status) => expect(statusOf(grant, chain, now)).toBe(status));

it('counts for nothing until the chain has it, and no longer than the chain says', () => {
  expect(statusOf(grant, undefined, 150)).toBe('PENDING');
  expect(statusOf({ ...grant, needsApproval: true }, undefined, 150)).toBe('PROPOSED');
  expect(statusOf({ ...grant, needsApproval: true, withdrawn: true }, undefined, 150)).toBe('WITHDRAWN');
  expect(statusOf(grant, { ...chain, commitment: `0x${'c1'.repeat(32)}` }, 150)).toBe('PENDING');
  expect(statusOf(grant, { ...chain, revokedAt: 150 }, 150)).toBe('REVOKED');
  expect(statusOf(grant, { ...chain, revokedAt: 250 }, 300)).toBe('REVOKED');
});
