import type { OrderStatus } from '../../orders/domain/order-status.js';
import { ORDER_STATUSES } from '../../orders/domain/order-status.js';
import type { Hex } from '../../kernel/hex.js';
import {
  ENCUMBRANCE_STATES,
  type EncumbranceState,
  marksOf,
  RECEIVABLE_STATUSES,
  type ReceivableMark,
  type ReceivableStatus,
} from '../../receivables/domain/states.js';
import { type Place, type StorageLayout, StorageReader } from './storage-layout.js';
import { STORAGE_LAYOUTS } from './storage-layouts.generated.js';

/** An order as its slots say. `status` null: there is no such order. */
export interface OrderState {
  readonly buyer: number;
  readonly supplier: number;
  readonly status: OrderStatus | null;
  /** Whether it is a framework contract. */
  readonly framework: boolean;
  readonly version: number;
  readonly coverVersion: number;
  readonly encumbered: boolean;
  readonly encumberedDescendants: number;
  readonly entries: number;
  /** Commitment of the current version; null while that is version 1, which the id commits to. */
  readonly commitment: Hex | null;
  /** Head of the fulfilment log. */
  readonly head: Hex;
}

/** A batch of orders as its slots say. `supplier` 0: its buyer has posted no such batch. */
export interface BatchState {
  readonly supplier: number;
  /** Block time, seconds; 0 until it is answered. */
  readonly answeredAt: number;
  /** Hash of the bitmap of what the supplier accepted. */
  readonly answer: Hex;
}

export interface ReceivableState {
  readonly obligor: number;
  readonly supplier: number;
  readonly status: ReceivableStatus | null;
  readonly scope: number;
  readonly openDisputes: number;
  readonly coverVersion: number;
  readonly entries: number;
  readonly marks: readonly ReceivableMark[];
  /** Which instalment of how many, from 1; 0 for a part of a split. */
  readonly instalment: number;
  readonly instalments: number;
  readonly holder: Hex;
  readonly commitment: Hex;
  readonly head: Hex;
}

export interface EncumbranceOnChain {
  /** One-time account of the lender. */
  readonly lender: Hex;
  /** UNKNOWN: one that this program has no name for. */
  readonly state: EncumbranceState | 'UNKNOWN';
  /** Block time, seconds. */
  readonly disburseBy: number;
}

export interface MemberState {
  readonly active: boolean;
  readonly roles: number;
}

/** An operator account as the member registry has it; blocks, 0 for none. */
export interface OperatorState {
  readonly member: number;
  readonly addedAt: number;
  readonly revokedAt: number;
  readonly inDoubtFrom: number;
}

/** What decides where a receivable's fingerprints are taken. */
export type FingerprintBearer = Pick<ReceivableState, 'obligor' | 'instalment' | 'instalments'>;

/** Proven slots of one registry. */
export type Slots = ReadonlyMap<Hex, Hex>;

/** Registries that proofs read. */
export const PROVEN_REGISTRIES = ['MemberRegistry', 'OrderRegistry', 'ReceivableRegistry'] as const;
export type ProvenRegistry = (typeof PROVEN_REGISTRIES)[number];

const ZERO = /^0x0+$/;
/** Bit of an order’s proposals, as the contract’s OrderProposals has it. */
const FRAMEWORK = 128;

/** Finds and reads what the registries keep, by the layouts of the implementations that run. */
export class ChainState {
  readonly #orders: StorageReader;
  readonly #receivables: StorageReader;
  readonly #members: StorageReader;

  constructor(layouts: Readonly<Record<ProvenRegistry, StorageLayout>>) {
    this.#orders = new StorageReader(layouts.OrderRegistry);
    this.#receivables = new StorageReader(layouts.ReceivableRegistry);
    this.#members = new StorageReader(layouts.MemberRegistry);
  }

  /** The slots of OrderRegistry that an order's state lies in. */
  orderSlots(order: Hex): Hex[] {
    return this.#orderPlaces(order).flatMap(({ slots }) => slots);
  }

  readOrder(order: Hex, proven: Slots): OrderState {
    const [main, commitment, head] = this.#orderPlaces(order);
    const found = this.#orders.struct(main, proven);
    const current = this.#orders.value(commitment, proven) as Hex;
    return {
      buyer: found['buyer'] as number,
      supplier: found['supplier'] as number,
      status: ORDER_STATUSES[(found['status'] as number) - 1] ?? null,
      framework: ((found['proposals'] as number) & FRAMEWORK) !== 0,
      version: found['version'] as number,
      coverVersion: found['coverVersion'] as number,
      encumbered: found['encumbered'] as boolean,
      encumberedDescendants: found['encumberedDescendants'] as number,
      entries: found['entries'] as number,
      commitment: ZERO.test(current) ? null : current,
      head: this.#orders.value(head, proven) as Hex,
    };
  }

  /** The slots of OrderRegistry that a batch of orders lies in. */
  batchSlots(buyer: number, root: Hex): Hex[] {
    return [...this.#orders.place('_batches', buyer, root).slots];
  }

  readBatch(buyer: number, root: Hex, proven: Slots): BatchState {
    const found = this.#orders.struct(this.#orders.place('_batches', buyer, root), proven);
    return {
      supplier: found['supplier'] as number,
      answeredAt: found['answeredAt'] as number,
      answer: found['answer'] as Hex,
    };
  }

  receivableSlots(receivable: Hex): Hex[] {
    return [...this.#receivables.place('_receivables', receivable).slots];
  }

  readReceivable(receivable: Hex, proven: Slots): ReceivableState {
    const found = this.#receivables.struct(this.#receivables.place('_receivables', receivable), proven);
    return {
      obligor: found['obligor'] as number,
      supplier: found['supplier'] as number,
      status: RECEIVABLE_STATUSES[(found['status'] as number) - 1] ?? null,
      scope: found['scope'] as number,
      openDisputes: found['openDisputes'] as number,
      coverVersion: found['coverVersion'] as number,
      entries: found['entries'] as number,
      marks: marksOf((found['marks'] ?? 0) as number),
      instalment: (found['instalment'] ?? 0) as number,
      instalments: (found['instalments'] ?? 0) as number,
      holder: found['holder'] as Hex,
      commitment: found['commitment'] as Hex,
      head: found['head'] as Hex,
    };
  }

  /** The slots of ReceivableRegistry that say which `count` orders a receivable was born from. */
  birthSlots(receivable: Hex, count: number): Hex[] {
    const list = this.#receivables.place('_orders', receivable);
    return [list, ...this.#receivables.elements(list, count)].flatMap(({ slots }) => slots);
  }

  /** The orders that a receivable was born from; null when the slots proven are those of another count. */
  readBirth(receivable: Hex, count: number, proven: Slots): Hex[] | null {
    const list = this.#receivables.place('_orders', receivable);
    if (this.#receivables.length(list, proven) !== BigInt(count)) return null;
    return this.#receivables.elements(list, count).map((place) => this.#receivables.value(place, proven) as Hex);
  }

  /** The slot of ReceivableRegistry that says what a receivable is a part of. */
  parentSlot(receivable: Hex): Hex {
    return this.#receivables.place('_parents', receivable).slots[0]!;
  }

  /** The receivable that this one is a part of; null for a whole. */
  readParent(receivable: Hex, proven: Slots): Hex | null {
    const parent = this.#receivables.value(this.#receivables.place('_parents', receivable), proven) as Hex;
    return ZERO.test(parent) ? null : parent;
  }

  /** The slots of ReceivableRegistry that the encumbrance of an order or receivable lies in. */
  encumbranceSlots(object: Hex): Hex[] {
    return [...this.#receivables.place('_encumbrances', object).slots];
  }

  readEncumbrance(object: Hex, proven: Slots): EncumbranceOnChain {
    const found = this.#receivables.struct(this.#receivables.place('_encumbrances', object), proven);
    return {
      lender: found['lender'] as Hex,
      state: ENCUMBRANCE_STATES[found['state'] as number] ?? 'UNKNOWN',
      disburseBy: found['disburseBy'] as number,
    };
  }

  /** The slot of ReceivableRegistry that says which receivable took a fingerprint or, of several, an instalment of it. */
  fingerprintSlot({ obligor, instalment, instalments }: FingerprintBearer, fingerprint: Hex): Hex {
    const place =
      instalments > 1
        ? this.#receivables.place('_instalments', obligor, fingerprint, instalment)
        : this.#receivables.place('_fingerprints', obligor, fingerprint);
    return place.slots[0]!;
  }

  /** The slot of ReceivableRegistry that says which order took a tag of its buyer's with the first claim on it. */
  orderTagSlot(buyer: number, tag: Hex): Hex {
    return this.#receivables.place('_orderTags', buyer, tag).slots[0]!;
  }

  memberSlots(member: number): Hex[] {
    return [...this.#members.place('_members', member).slots];
  }

  readMember(member: number, proven: Slots): MemberState {
    const found = this.#members.struct(this.#members.place('_members', member), proven);
    return { active: found['status'] === 1, roles: found['roles'] as number };
  }

  /** The slot of MemberRegistry that says which member bears a name. */
  nameSlot(name: string): Hex {
    return this.#name(name).slots[0]!;
  }

  /** Number of the member that bears a name, 0 for none. */
  readName(name: string, proven: Slots): number {
    return this.#members.value(this.#name(name), proven) as number;
  }

  operatorSlots(account: Hex): Hex[] {
    return [...this.#members.place('_operators', account).slots];
  }

  readOperator(account: Hex, proven: Slots): OperatorState {
    return this.#members.struct(this.#members.place('_operators', account), proven) as unknown as OperatorState;
  }

  /** The slot of MemberRegistry with the salt of all registries' domains. */
  domainSaltSlot(): Hex {
    return this.#members.place('_domainSalt').slots[0]!;
  }

  #name(name: string): Place {
    return this.#members.place('_names', name);
  }

  #orderPlaces(order: Hex) {
    return [
      this.#orders.place('_orders', order),
      this.#orders.place('_commitments', order),
      this.#orders.place('_heads', order),
    ] as const;
  }
}

/** By the layouts of the implementations that this release was built with. */
export const chainState = new ChainState(STORAGE_LAYOUTS);
