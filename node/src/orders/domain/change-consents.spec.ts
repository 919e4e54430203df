import type { Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import type { LenderConsent } from '../../receivables/domain/signed-consent.js';
import { requireConsents } from './change-consents.js';

const id = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [ORDER, FIRST, SECOND] = [id('bb'), id('cc'), id('aa')];
const lender = (object: Hex): Hex => `0x${object.slice(2, 42)}`;
const claim = (object: Hex) => ({ object, lender: lender(object), state: 'ASSIGNED', coverVersion: 3 });
const signed = (object: Hex, more: Partial<LenderConsent['consent']> = {}): LenderConsent => ({
  object,
  consent: { signer: lender(object), nonce: id('01'), deadline: 100, coverVersion: 3, signature: '0x5a', ...more },
});
const refusal = (...given: Parameters<typeof requireConsents>): Problem => {
  try {
    requireConsents(...given);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('not refused');
};

describe('lenders’ consents to a change of an order (rule 3)', () => {
  it('are none where no claim rests on it', () => expect(requireConsents(ORDER, [], [], 1)).toEqual([]));

  it('are sent in the order of their objects, the later of two', () => {
    const claims = [claim(ORDER), claim(FIRST), claim(SECOND)];
    const later = signed(FIRST, { nonce: id('02') });
    const given = [signed(FIRST), signed(ORDER), signed(SECOND), later];
    expect(requireConsents(ORDER, claims, given, 100)).toEqual([signed(SECOND), signed(ORDER), later]);
  });

  it('are missing of the order’s own lender, or of one below', () => {
    expect(refusal(ORDER, [claim(ORDER), claim(FIRST)], [signed(FIRST)], 1)).toMatchObject({
      code: 'ORDER_ALREADY_ENCUMBERED',
      facts: { order: ORDER, state: 'ASSIGNED' },
    });
    expect(
      refusal(ORDER, [claim(ORDER), claim(FIRST), claim(SECOND)], [signed(ORDER), signed(FIRST)], 1),
    ).toMatchObject({
      code: 'ORDER_DESCENDANTS_ENCUMBERED',
      facts: { encumbered: 2, consented: 1 },
    });
    const another = signed(ORDER, { signer: lender(FIRST) });
    expect(refusal(ORDER, [claim(ORDER)], [another], 1).code).toBe('ORDER_ALREADY_ENCUMBERED');
  });

  it.each([
    ['CONSENT_UNEXPECTED', [signed(ORDER), signed(SECOND)], 1],
    ['CONSENT_STALE', [signed(ORDER, { coverVersion: 2 })], 1],
    ['CONSENT_EXPIRED', [signed(ORDER)], 101],
  ] as const)('are refused with %s', (code, given, now) => {
    expect(refusal(ORDER, [claim(ORDER)], given, now).code).toBe(code);
  });
});
