import type { Hex } from '../../kernel/hex.js';

/** Place of an event in the chain. */
export interface EventPosition {
  readonly block: number;
  readonly logIndex: number;
}

/** An event that may have lowered cover. */
export interface Cause extends EventPosition {
  readonly event: string;
  /** The order or receivable that it is about. */
  readonly object: Hex;
  readonly transaction: Hex;
}

/** How cover and advance stood when a financing was last looked at. */
export interface Watch {
  /** To be looked at again though the chain says nothing new of it: a document is on its way, or the cover falls short. */
  readonly waiting: boolean;
  /** The last event of its lineage at which cover reached the advance. */
  readonly covered: EventPosition | null;
  /** Decimal text in the offer's currency; null when cover reaches the advance. */
  readonly shortfall: string | null;
  /** What happened on its lineage since cover last sufficed. */
  readonly causes: readonly Cause[];
}

/** Events that can lower what stands behind an advance. */
export const LOWERING_EVENTS = [
  'CreditNoteIssued',
  'DisputeOpened',
  'EncumbranceDisbursed',
  'EncumbranceReserved',
  'MilestoneRecorded',
  'OrderCancelled',
  'OrderChanged',
  'OrderCompleted',
  'PaymentAcknowledged',
  'ReceivableConfirmed',
  'ReceivableVoided',
] as const;
