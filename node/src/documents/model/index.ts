import type { DespatchModel, EventsModel, ReceiptModel } from './fulfilment.js';
import type { ApplicationResponseModel, CreditNoteModel, InvoiceModel, RemittanceModel } from './invoice.js';
import type { OrderCancellationModel, OrderChangeModel, OrderModel, OrderResponseModel } from './order.js';
import type { StatementModel } from './statement.js';

export type * from './fulfilment.js';
export type * from './invoice.js';
export type * from './order.js';
export type * from './parts.js';
export type * from './statement.js';

/** What any imported document becomes. Narrow it by `kind`. */
export type DocumentModel =
  | OrderModel
  | OrderChangeModel
  | OrderCancellationModel
  | OrderResponseModel
  | DespatchModel
  | ReceiptModel
  | InvoiceModel
  | CreditNoteModel
  | RemittanceModel
  | ApplicationResponseModel
  | EventsModel
  | StatementModel;

export type DocumentKind = DocumentModel['kind'];

/** The model of one kind. */
export type ModelOf<K extends DocumentKind> = Extract<DocumentModel, { kind: K }>;
