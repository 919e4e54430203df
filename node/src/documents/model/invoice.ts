import type { InstalmentModel, PartyModel, PricedLineModel, ReferringLineModel } from './parts.js';

export interface InvoiceLineModel extends PricedLineModel, ReferringLineModel {
  readonly amount: string;
}

/** A supplier's bill (UBL Invoice). */
export interface InvoiceModel {
  readonly kind: 'INVOICE';
  readonly number: string;
  readonly issueDate: string;
  /** The last instalment's; the issue date when the document has none (rule 5). */
  readonly dueDate: string;
  readonly dueDateStated: boolean;
  readonly currency: string;
  /** Payable: taxes, allowances and charges included, prepaid taken off. Never negative. */
  readonly amount: string;
  readonly taxAmount?: string;
  /** What was paid before, which `amount` is without. Never negative. */
  readonly prepaid?: string;
  /** It bills a payment in advance (UNCL1001 386), which a later invoice takes off as `prepaid`; absent of any other. */
  readonly ofPrepayment?: true;
  /** What the payable amount was rounded by; negative where it was rounded down. */
  readonly rounding?: string;
  /** The customer that owes. */
  readonly payer: PartyModel;
  /** The supplier that is owed. */
  readonly payee: PartyModel;
  /** Whom the document says to pay, where that is another than the supplier: a sign of an earlier assignment. */
  readonly payTo?: PartyModel;
  /** All that header and lines name, without repeats. */
  readonly orderNumbers: readonly string[];
  /** One at least, in order of due dates, each date once; they sum to `amount`. */
  readonly instalments: readonly InstalmentModel[];
  readonly lines: readonly InvoiceLineModel[];
}

/** A supplier's credit (UBL CreditNote). Amounts are positive, as is what they take away. */
export interface CreditNoteModel {
  readonly kind: 'CREDIT_NOTE';
  readonly number: string;
  readonly issueDate: string;
  readonly currency: string;
  readonly amount: string;
  readonly taxAmount?: string;
  readonly payer: PartyModel;
  readonly payee: PartyModel;
  readonly orderNumbers: readonly string[];
  readonly invoiceNumbers: readonly string[];
  readonly lines: readonly InvoiceLineModel[];
}

/** A payer's account of a payment (UBL RemittanceAdvice). */
export interface RemittanceModel {
  readonly kind: 'REMITTANCE';
  readonly number?: string;
  readonly issueDate?: string;
  readonly currency: string;
  readonly amount: string;
  readonly payer: PartyModel;
  readonly payee: PartyModel;
  readonly reference?: string;
  readonly invoiceNumbers: readonly string[];
}

/** A business answer to another document, say an invoice (UBL ApplicationResponse). */
export interface ApplicationResponseModel {
  readonly kind: 'APPLICATION_RESPONSE';
  readonly number?: string;
  readonly issueDate?: string;
  readonly sender: PartyModel;
  readonly receiver: PartyModel;
  readonly responses: readonly { readonly code?: string; readonly document?: string; readonly reason?: string }[];
}
