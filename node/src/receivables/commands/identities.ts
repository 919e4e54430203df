import type { OrderModel } from '../../documents/model/index.js';
import { documentPartyMismatch } from '../../members/domain/problems.js';
import type { InvoiceIdentity, OrderIdentity } from '../../members/domain/tags.js';
import type { ReceivableDocumentFacts } from '../storage/receivable-documents.js';
import { entityName } from './invoice-parties.js';

/** What a purchase order's tag is over. */
export function orderIdentity({ buyer, number }: Pick<OrderModel, 'buyer' | 'number'>): OrderIdentity {
  if (!buyer.entity) throw documentPartyMismatch('/buyer/id names no legal entity', { field: '/buyer/id' });
  return { buyer: entityName(buyer.entity), number };
}

/** What a receivable's fingerprint is over. */
export function invoiceIdentity(facts: ReceivableDocumentFacts): InvoiceIdentity {
  const { issuer, obligor, number, issueDate } = facts;
  return { issuer, obligor, number, issueDate };
}
