import { requireReference } from './order-reference.js';
import { requireDecision } from './order-response.js';

describe('requireReference', () => {
  it.each([[['PO-0042']], [['po 42']], [['7', 'PO-42']], [[]]])('takes a document about %j', (orderNumbers) => {
    expect(() => requireReference('PO-42', { orderNumbers })).not.toThrow();
  });

  it('refuses a document about others', () => {
    const refused = expect.objectContaining({ code: 'ORDER_REFERENCE_MISMATCH' });
    expect(() => requireReference('PO-42', { orderNumbers: ['PO-4', 'PO-2'] })).toThrow(refused);
  });
});

describe('requireDecision', () => {
  const response = (decision?: 'ACCEPTED' | 'AMENDED' | 'REJECTED' | 'ACKNOWLEDGED') => ({
    kind: 'ORDER_RESPONSE' as const,
    orderNumbers: [],
    buyer: { entities: [] },
    seller: { entities: [] },
    lines: [],
    decision,
  });

  it.each([
    ['ACCEPTED', 'REJECTED'],
    ['ACCEPTED', 'AMENDED'],
    ['REJECTED', 'ACCEPTED'],
    ['CHANGED', 'ACCEPTED'],
    ['CHANGED', 'REJECTED'],
    ['CHANGED', 'ACKNOWLEDGED'],
  ] as const)('refuses to say %s with a document that says %s', (answer, decision) => {
    const refused = expect.objectContaining({ code: 'ORDER_RESPONSE_CONTRADICTS' });
    expect(() => requireDecision(response(decision), answer)).toThrow(refused);
  });

  it.each(['ACCEPTED', 'REJECTED'] as const)('takes %s with a document that says so, or leaves it open', (answer) => {
    for (const decision of [answer, 'ACKNOWLEDGED', undefined] as const) {
      expect(() => requireDecision(response(decision), answer)).not.toThrow();
    }
  });

  it('takes an amending document as a rejection, or as what a change is proposed by', () => {
    for (const answer of ['REJECTED', 'CHANGED'] as const) {
      expect(() => requireDecision(response('AMENDED'), answer)).not.toThrow();
    }
  });
});
