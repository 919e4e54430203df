import type { Hex } from '../../kernel/hex.js';
import { defineProblem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import type { DocumentFields } from './documents/fields.js';

const instalmentMismatch = defineProblem({
  code: 'INSTALMENT_MISMATCH',
  status: 422,
  title: 'The chain counts other instalments of the invoice than the invoice has',
  rule: '2',
});

/** Which instalment of how many the chain says that a receivable is; from 1, both 0 before its confirmation. */
export interface CountedInstalment {
  readonly id: Hex;
  readonly instalment: number;
  readonly instalments: number;
}

/** Refuses with INSTALMENT_MISMATCH unless the receivable is instalment `place` (from 0) of `count`. */
export function requireInstalment(receivable: CountedInstalment, place: number, count: number): void {
  const { id, instalment, instalments } = receivable;
  if (instalment === place + 1 && instalments === count) return;
  throw instalmentMismatch(`confirmed as ${instalment} of ${instalments}, invoiced as ${place + 1} of ${count}`, {
    receivable: id,
    instalment,
    instalments,
    invoiced: count,
  });
}

/**
 * The same from an invoice's fields, of which some may be withheld: whoever claims one of several instalments shows them
 * all, and that they make up the invoice. One that is confirmed as the only instalment excludes all others by that.
 */
export function requireInstalmentShown(receivable: CountedInstalment, invoice: DocumentFields): void {
  const count = Number(invoice.get('/instalments/-') ?? '1');
  requireInstalment(receivable, Number(invoice.get('/instalment') ?? '0'), count);
  if (count === 1) return;
  const amounts = Array.from({ length: count }, (_, i) => invoice.get(`/instalments/${i}/amount`));
  const own = amounts[receivable.instalment - 1];
  const whole = invoice.get('/invoiceAmount');
  const shown = amounts.flatMap((amount) => (amount === undefined ? [] : [Rational.parse(amount)]));
  const sums =
    shown.length === count && whole !== undefined && Rational.sum(shown).compare(Rational.parse(whole)) === 0;
  if (sums && own === invoice.get('/amount')) return;
  throw instalmentMismatch('the instalments shown do not make up the invoice', { receivable: receivable.id, amounts });
}
