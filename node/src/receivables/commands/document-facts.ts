import type { InvoiceModel } from '../../documents/model/index.js';
import type { Hex } from '../../kernel/hex.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import { invoiceFacts } from '../domain/invoice-facts.js';
import type { ReceivableDocumentFacts } from '../storage/receivable-documents.js';
import { entityName } from './invoice-parties.js';

/** Where the invoice of a receivable comes from. */
export interface DocumentOrigin {
  readonly receivable: Hex;
  readonly root: Hex;
  readonly counterparty: number;
  readonly submission: string | null;
}

/** What is kept beside the vault of the invoice behind a receivable. Payer and payee must name an entity. */
export function documentFacts(
  invoice: InvoiceModel,
  instalment: number,
  origin: DocumentOrigin,
): ReceivableDocumentFacts {
  const { number, issueDate, currency, payer, payee, instalments } = invoice;
  const { amount, dueDate, invoiceAmount } = invoiceFacts(invoice, instalment);
  return {
    ...origin,
    ...{ number, issueDate, currency, amount, dueDate, invoiceAmount, instalment },
    numberKey: normaliseNumber(number),
    instalments: instalments.length,
    issuer: entityName(payee.entity!),
    obligor: entityName(payer.entity!),
  };
}
