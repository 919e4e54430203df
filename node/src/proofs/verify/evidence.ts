import type { LogEntry } from '../../fulfilment/domain/log-entry.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import type { Hex } from '../../kernel/hex.js';
import type { OrderIdentity } from '../../orders/domain/order-id.js';
import type { ReceivableEntry } from '../../receivables/domain/receivable-log.js';
import type { BatchEvidence } from './order-in-batch.js';
import type { EncumbranceOnChain, MemberState, OrderState, ReceivableState } from './chain-state.js';

/** A document as far as whoever asks may see it: in part, or, to its own parties, in full. */
export interface ShownDocument {
  /** As the document itself says: ORDER, INVOICE, RECEIPT ... */
  readonly kind: string;
  /** The commitment on chain that it is said to open. */
  readonly root: Hex;
  readonly disclosure: Disclosure;
  /** Whether this node has all of it, so that what is not here is not in it; of a file nobody can tell. */
  readonly inFull?: boolean;
}

/** What whoever reads a verdict must know of the signatures and names behind it. */
export interface IdentityNotes {
  /** Operator accounts of the parties that were in doubt when the acts were included (rule 7). */
  readonly inDoubt: readonly Hex[];
  /** Whether legal entities are registered by their members, learnt at first use, or not looked at, as in a file. */
  readonly parties: 'registered' | 'learn' | 'unchecked';
}

export interface OrderEvidence {
  readonly order: Hex;
  /** What the id commits to, as the event of its posting said it. */
  readonly identity: OrderIdentity;
  readonly state: OrderState;
  /** Of an order that is no chain object of its own: the batch by which `state` is known. */
  readonly batch?: BatchEvidence;
  readonly log: readonly LogEntry[];
  readonly buyer: MemberState;
  readonly supplier: MemberState;
  readonly encumbrance: EncumbranceOnChain;
  /** For each tag that its buyer signed for it, the order that took it on chain, zero for none; absent where no tags are here. */
  readonly tagsTakenBy?: readonly Hex[];
  readonly documents: readonly ShownDocument[];
  readonly notes: IdentityNotes;
}

/** What may be advanced now, as the receivables room computes it from the documents shown. */
export interface CoverStatement {
  readonly amount: string;
  readonly currency: string;
  readonly withoutReceipt: boolean;
  /**
   * Other receivables of the same orders that were counted, where that there are no more is the word of a file's maker: the
   * chain keeps no list of them.
   */
  readonly othersCounted?: number;
}

/** A receivable that the one asked about was split off from. */
export interface AncestorEvidence {
  readonly receivable: Hex;
  readonly state: ReceivableState;
  /** What it is itself a part of, as proven; null for a whole. */
  readonly parent: Hex | null;
  /** Its whole log, of which its holder need show nothing. */
  readonly log: readonly ReceivableEntry[];
}

export interface ReceivableEvidence {
  readonly receivable: Hex;
  readonly state: ReceivableState;
  /** What it is a part of, as proven; null for a whole. */
  readonly parent: Hex | null;
  /** Of a part: what it was split off from, nearest first, up to the whole that its obligor confirmed. */
  readonly ancestors: readonly AncestorEvidence[];
  readonly orders: readonly OrderEvidence[];
  readonly obligor: MemberState;
  readonly supplier: MemberState;
  readonly encumbrance: EncumbranceOnChain;
  readonly documents: readonly ShownDocument[];
  /** Its log: confirmation, payments, credit notes, disputes. */
  readonly log: readonly ReceivableEntry[];
  /** Root of the obligor's undertaking, as its event said it; null until confirmed. */
  readonly confirmation: Hex | null;
  /** Fingerprints that the whole's confirmation took, each with the receivable that the chain says has it. */
  readonly fingerprints: readonly { readonly fingerprint: Hex; readonly takenBy: Hex }[];
  /** Whether this node has the signatures over them, and found them to be the invoice's under the obligor's listed keys; never of a file. */
  readonly fingerprintsOpened: boolean;
  /** Absent when the documents shown do not suffice. */
  readonly cover?: CoverStatement;
  readonly notes: IdentityNotes;
}

/** As of when, and for whom: encumbrances under these one-time accounts are the asker's own. */
export interface Viewpoint {
  /** Block time, seconds. */
  readonly now: number;
  readonly accounts: ReadonlySet<Hex>;
}
