import type { LogEntry } from '../../fulfilment/domain/log-entry.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import type { Hex } from '../../kernel/hex.js';
import type { OrderIdentity } from '../../orders/domain/order-id.js';
import type { EncumbranceOnChain, MemberState, OrderState, ReceivableState } from './chain-state.js';

/** A document as far as whoever asks may see it: in part, or, to its own parties, in full. */
export interface ShownDocument {
  readonly kind: 'ORDER' | 'MILESTONE' | 'INVOICE' | 'CONFIRMATION';
  /** The commitment on chain that it is said to open. */
  readonly root: Hex;
  readonly disclosure: Disclosure;
}

/** A registered legal entity's key, or one that was learnt at first use, which whoever reads a verdict must know. */
export interface KeyNotes {
  /** Accounts whose acts this rests on and that are in doubt since (rule 7). */
  readonly inDoubt: readonly string[];
  /** Legal entities that this node learnt from documents instead of from the registry. */
  readonly learnt: readonly string[];
}

export interface OrderEvidence {
  readonly order: Hex;
  /** What the id commits to, as the event of its posting said it. */
  readonly identity: OrderIdentity;
  readonly state: OrderState;
  readonly log: readonly LogEntry[];
  readonly buyer: MemberState;
  readonly supplier: MemberState;
  readonly encumbrance: EncumbranceOnChain;
  readonly documents: readonly ShownDocument[];
  readonly notes: KeyNotes;
}

/** What may be advanced now, as the receivables room computes it from the documents shown. */
export interface CoverStatement {
  readonly amount: string;
  readonly currency: string;
  readonly withoutReceipt: boolean;
}

export interface ReceivableEvidence {
  readonly receivable: Hex;
  readonly state: ReceivableState;
  readonly orders: readonly OrderEvidence[];
  readonly obligor: MemberState;
  readonly supplier: MemberState;
  readonly encumbrance: EncumbranceOnChain;
  readonly documents: readonly ShownDocument[];
  /** Root of the obligor's undertaking, as its event said it; null until confirmed. */
  readonly confirmation: Hex | null;
  /** Fingerprints that the confirmation took, each with the receivable that the chain says has it. */
  readonly fingerprints: readonly { readonly fingerprint: Hex; readonly takenBy: Hex }[];
  /** Absent when the documents shown do not suffice. */
  readonly cover?: CoverStatement;
  readonly notes: KeyNotes;
}

/** As of when, and for whom: encumbrances under these one-time accounts are the asker's own. */
export interface Viewpoint {
  /** Block time, seconds. */
  readonly now: number;
  readonly accounts: ReadonlySet<Hex>;
}
