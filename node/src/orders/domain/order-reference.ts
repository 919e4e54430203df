import { normaliseNumber } from '../../members/domain/tags.js';
import { orderReferenceMismatch } from './problems.js';

/**
 * Refuses with ORDER_REFERENCE_MISMATCH a document that refers to orders, but not to the one numbered `number`. Numbers
 * are compared normalised. A document that names no order passes: its commitment is bound to the order's id.
 */
export function requireReference(number: string, document: { readonly orderNumbers: readonly string[] }): void {
  const { orderNumbers } = document;
  const wanted = normaliseNumber(number);
  if (orderNumbers.length === 0 || orderNumbers.some((named) => normaliseNumber(named) === wanted)) return;
  throw orderReferenceMismatch(`the document is about ${orderNumbers.join(', ')}, not about order ${number}`, {
    field: '/orderNumbers',
    expected: number,
    found: orderNumbers,
  });
}
