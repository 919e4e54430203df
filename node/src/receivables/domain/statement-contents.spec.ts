import { readFileSync } from 'node:fs';
import type { StatementKind, StatementModel } from '../../documents/model/index.js';
import { requireContent } from './statement-contents.js';

/** The specification's, canonical-form.md §9. */
const vectors = JSON.parse(readFileSync('docs/spec/vectors/statements.json', 'utf8')) as {
  readonly why: string;
  readonly kind: StatementKind;
  readonly content: StatementModel['content'];
}[];
const confirmation = {
  ...{ amount: '96.75', currency: 'GBP', dueDate: '2026-12-01' },
  ...{ waivesSetOff: true, waivesDefences: false, withoutReceipt: false },
};
const payment = { amount: '96.75', currency: 'GBP', reference: 'R-1', paidTo: 'bank-a' };
const refused = (field: string) =>
  expect.objectContaining({ code: 'STATEMENT_INVALID', facts: expect.objectContaining({ field }) as object });

describe('what another member states', () => {
  it('is taken as this node would have written it', () => {
    requireContent('CONFIRMATION', confirmation);
    requireContent('PAYMENT', payment);
    requireContent('DISPUTE', { reason: 'broken' });
    requireContent('DISPUTE', { amount: '5', currency: 'JPY', reason: 'broken' });
    requireContent('DISPUTE_RESOLUTION', { dispute: 0 });
    requireContent('NOTICE', { any: 'thing' });
  });

  it.each(vectors)('is taken as the specification has it: $why', ({ kind, content }) => requireContent(kind, content));

  it.each([
    ['CONFIRMATION', { ...confirmation, amount: 'abc' }, '/amount'],
    ['CONFIRMATION', { ...confirmation, amount: '5' }, '/amount'],
    ['CONFIRMATION', { ...confirmation, currency: 'XXX' }, '/amount'],
    ['CONFIRMATION', { ...confirmation, dueDate: 'soon' }, '/dueDate'],
    ['CONFIRMATION', { ...confirmation, withoutReceipt: 'false' }, '/withoutReceipt'],
    ['PAYMENT', { ...payment, amount: '-1.00' }, '/amount'],
    ['PAYMENT', { ...payment, amount: 5 }, '/amount'],
    ['PAYMENT', { amount: '5.00', currency: 'GBP', paidTo: 'bank-a' }, '/reference'],
    ['DISPUTE', { amount: '5.00', reason: 'no currency' }, '/amount'],
    ['DISPUTE', { amount: '1e9', currency: 'GBP', reason: 'x' }, '/amount'],
    ['DISPUTE_RESOLUTION', { dispute: 'all' }, '/dispute'],
  ] as const)('is refused, naming the field: %s %j', (kind, content, field) => {
    expect(() => requireContent(kind, content)).toThrow(refused(field));
  });
});
