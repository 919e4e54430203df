import type { Hex } from '../../kernel/hex.js';
import type { RequestBody } from './envelopes.js';
import { MOST_SHOWN } from './evidence-builder.js';
import { requireRequestGrant } from './request-grant.js';

const id = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [FINANCING, ORDER] = [id('0a'), id('0b')];

const request = (changed: object): (() => void) => {
  const usual = { financing: FINANCING, object: ORDER, onOrder: true, purpose: 'CREDIT_DECISION', fields: MOST_SHOWN };
  const body = { object: ORDER, onOrder: true, grant: { ...usual, ...changed } };
  return () => requireRequestGrant(FINANCING, body as unknown as RequestBody);
};

it.each([
  ['all that a holder may show by itself', {}],
  ['less of it', { fields: ['/amount', '/lines/*/quantity', '/lines/0/quantity', '/payer/id'] }],
])('a request lets see %s', (_, changed) => expect(request(changed)).not.toThrow());

it.each([
  ['for another financing', { financing: id('0c') }],
  ['outside of any financing', { financing: null }],
  ['on another object', { object: id('0d') }],
  ['on a receivable of that id', { onOrder: false }],
  ['for an audit', { purpose: 'AUDIT' }],
  ['of everything', { fields: [''] }],
  ['of whole lines', { fields: ['/amount', '/lines'] }],
  ['of every line as a whole', { fields: ['/lines/*'] }],
  ['of a price', { fields: [...MOST_SHOWN, '/lines/*/price'] }],
])('no request carries a grant %s', (_, changed) => {
  expect(request(changed)).toThrow(expect.objectContaining({ code: 'EVIDENCE_INVALID' }));
});
