import type { PartyModel, PricedLineModel } from './parts.js';

/** A purchase order (UBL Order). */
export interface OrderModel {
  readonly kind: 'ORDER';
  readonly number: string;
  readonly issueDate: string;
  /** Absent when the document neither names one nor has an amount. */
  readonly currency?: string;
  /** Payable in all, taxes included; absent when the document neither states it nor prices each line. */
  readonly amount?: string;
  readonly taxAmount?: string;
  readonly buyer: PartyModel;
  readonly seller: PartyModel;
  /** Number of the framework contract. */
  readonly contract?: string;
  /** First day on which a framework contract can be called off. */
  readonly validFrom?: string;
  /** Last day on which the order can be accepted. */
  readonly validUntil?: string;
  readonly deliverFrom?: string;
  readonly deliverUntil?: string;
  readonly lines: readonly PricedLineModel[];
}

/** A line of a change; `status` as the document writes it (Added, Cancelled, Revised, 1, 2, 3 ...). */
export interface ChangedLineModel extends PricedLineModel {
  readonly status?: string;
}

/** A proposed change (UBL OrderChange): the lines that change, and new totals if it states them. */
export interface OrderChangeModel extends Omit<OrderModel, 'kind' | 'lines'> {
  readonly kind: 'ORDER_CHANGE';
  readonly orderNumbers: readonly string[];
  readonly sequence?: string;
  readonly lines: readonly ChangedLineModel[];
}

/** A buyer's wish to cancel (UBL OrderCancellation). */
export interface OrderCancellationModel {
  readonly kind: 'ORDER_CANCELLATION';
  readonly number?: string;
  readonly issueDate?: string;
  readonly orderNumbers: readonly string[];
  readonly buyer: PartyModel;
  readonly seller: PartyModel;
  readonly reason?: string;
}

export interface AnsweredLineModel extends PricedLineModel {
  readonly orderLine?: string;
  readonly status?: string;
  /** What the supplier delivers in its place; of quantity and price what it says otherwise. */
  readonly substitute?: PricedLineModel;
}

/** A supplier's answer (UBL OrderResponse, OrderResponseSimple). */
export interface OrderResponseModel {
  readonly kind: 'ORDER_RESPONSE';
  readonly number?: string;
  readonly issueDate?: string;
  readonly orderNumbers: readonly string[];
  readonly buyer: PartyModel;
  readonly seller: PartyModel;
  /** What the code or indicator says; absent when the document has neither and only its lines tell. */
  readonly decision?: 'ACCEPTED' | 'AMENDED' | 'REJECTED' | 'ACKNOWLEDGED';
  readonly code?: string;
  readonly reason?: string;
  readonly currency?: string;
  /** When the supplier promises to deliver. */
  readonly deliverFrom?: string;
  readonly deliverUntil?: string;
  readonly lines: readonly AnsweredLineModel[];
}
