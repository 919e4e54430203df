import type { PartyModel, ReferringLineModel } from './parts.js';

export interface DespatchLineModel extends ReferringLineModel {
  /** Still to be delivered. */
  readonly outstanding?: string;
}

/** What left the supplier (UBL DespatchAdvice). A line's quantity is what is on its way. */
export interface DespatchModel {
  readonly kind: 'DESPATCH';
  readonly number?: string;
  readonly issueDate?: string;
  readonly orderNumbers: readonly string[];
  readonly buyer: PartyModel;
  readonly seller: PartyModel;
  readonly carrier?: PartyModel;
  readonly despatchDate?: string;
  readonly lines: readonly DespatchLineModel[];
}

export interface ReceiptLineModel extends ReferringLineModel {
  readonly short?: string;
  /** Received, but not accepted: rule 5 takes it off the received quantity. */
  readonly rejected?: string;
  readonly rejectReason?: string;
}

/** What reached the buyer (UBL ReceiptAdvice). A line's quantity is what was received, the rejected included. */
export interface ReceiptModel {
  readonly kind: 'RECEIPT';
  readonly number?: string;
  readonly issueDate?: string;
  readonly orderNumbers: readonly string[];
  readonly despatchNumbers: readonly string[];
  readonly buyer: PartyModel;
  readonly seller: PartyModel;
  readonly receiptDate?: string;
  readonly lines: readonly ReceiptLineModel[];
}

/** Why an event is declared an error, and the ids of those that stand in its place. */
export interface EventErrorModel {
  readonly time: string;
  readonly reason?: string;
  readonly corrections: readonly string[];
}

/** One EPCIS 2.0 event. Times are as written, with their own zone; numbers are the last parts of the URIs that name them. */
export interface EventModel {
  readonly id?: string;
  readonly type: string;
  readonly action?: string;
  /** Without the vocabulary's prefix: shipping, receiving, inspecting ... */
  readonly step?: string;
  readonly disposition?: string;
  readonly time: string;
  readonly zone?: string;
  readonly readPoint?: string;
  readonly location?: string;
  readonly orderNumbers: readonly string[];
  readonly despatchNumbers: readonly string[];
  /** Says that an event of this id, told before, was an error. */
  readonly error?: EventErrorModel;
}

/** Things seen to happen to goods (EPCIS 2.0 document, query result or single event). */
export interface EventsModel {
  readonly kind: 'EVENT';
  readonly orderNumbers: readonly string[];
  readonly events: readonly EventModel[];
}
