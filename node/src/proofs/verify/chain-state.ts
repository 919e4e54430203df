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
import { StorageReader } from './storage-layout.js';
import { STORAGE_LAYOUTS } from './storage-layouts.generated.js';

/** An order as its slots say. `status` null: there is no such order. */
export interface OrderState {
  readonly buyer: number;
  readonly supplier: number;
  readonly status: OrderStatus | null;
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
  readonly state: EncumbranceState;
  /** Block time, seconds. */
  readonly disburseBy: number;
}

export interface MemberState {
  readonly active: boolean;
  readonly roles: number;
}

const ZERO = /^0x0+$/;
const orders = new StorageReader(STORAGE_LAYOUTS.OrderRegistry);
const receivables = new StorageReader(STORAGE_LAYOUTS.ReceivableRegistry);
const members = new StorageReader(STORAGE_LAYOUTS.MemberRegistry);

/** Proven slots of one registry. */
export type Slots = ReadonlyMap<Hex, Hex>;

/** The slots of OrderRegistry that an order's state lies in. */
export function orderSlots(order: Hex): Hex[] {
  return orderPlaces(order).flatMap(({ slots }) => slots);
}

export function readOrder(order: Hex, proven: Slots): OrderState {
  const [main, commitment, head] = orderPlaces(order);
  const found = orders.struct(main, proven);
  const current = orders.value(commitment, proven) as Hex;
  return {
    buyer: found['buyer'] as number,
    supplier: found['supplier'] as number,
    status: ORDER_STATUSES[(found['status'] as number) - 1] ?? null,
    version: found['version'] as number,
    coverVersion: found['coverVersion'] as number,
    encumbered: found['encumbered'] as boolean,
    encumberedDescendants: found['encumberedDescendants'] as number,
    entries: found['entries'] as number,
    commitment: ZERO.test(current) ? null : current,
    head: orders.value(head, proven) as Hex,
  };
}

const orderPlaces = (order: Hex) =>
  [orders.place('_orders', order), orders.place('_commitments', order), orders.place('_heads', order)] as const;

export function receivableSlots(receivable: Hex): Hex[] {
  return [...receivables.place('_receivables', receivable).slots];
}

export function readReceivable(receivable: Hex, proven: Slots): ReceivableState {
  const found = receivables.struct(receivables.place('_receivables', receivable), proven);
  return {
    obligor: found['obligor'] as number,
    supplier: found['supplier'] as number,
    status: RECEIVABLE_STATUSES[(found['status'] as number) - 1] ?? null,
    scope: found['scope'] as number,
    openDisputes: found['openDisputes'] as number,
    coverVersion: found['coverVersion'] as number,
    entries: found['entries'] as number,
    marks: marksOf(found['marks'] as number),
    instalment: found['instalment'] as number,
    instalments: found['instalments'] as number,
    holder: found['holder'] as Hex,
    commitment: found['commitment'] as Hex,
    head: found['head'] as Hex,
  };
}

/** The slots of ReceivableRegistry that the encumbrance of an order or receivable lies in. */
export function encumbranceSlots(object: Hex): Hex[] {
  return [...receivables.place('_encumbrances', object).slots];
}

export function readEncumbrance(object: Hex, proven: Slots): EncumbranceOnChain {
  const found = receivables.struct(receivables.place('_encumbrances', object), proven);
  return {
    lender: found['lender'] as Hex,
    state: ENCUMBRANCE_STATES[found['state'] as number] ?? 'NONE',
    disburseBy: found['disburseBy'] as number,
  };
}

/** The slot of ReceivableRegistry that says which receivable took a fingerprint or, of several, an instalment of it. */
export function fingerprintSlot(
  { obligor, instalment, instalments }: Pick<ReceivableState, 'obligor' | 'instalment' | 'instalments'>,
  fingerprint: Hex,
): Hex {
  const place =
    instalments > 1
      ? receivables.place('_instalments', obligor, fingerprint, instalment)
      : receivables.place('_fingerprints', obligor, fingerprint);
  return place.slots[0]!;
}

export function memberSlots(member: number): Hex[] {
  return [...members.place('_members', member).slots];
}

export function readMember(member: number, proven: Slots): MemberState {
  const found = members.struct(members.place('_members', member), proven);
  return { active: found['status'] === 1, roles: found['roles'] as number };
}
