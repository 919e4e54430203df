import type { Hex } from '../../../kernel/hex.js';

/** Ids of what a line is about; each as its issuer writes it. */
export interface ItemIds {
  readonly seller?: string;
  readonly buyer?: string;
  readonly standard?: string;
  /** There are ids that whoever reads this was not shown. */
  readonly hidden?: boolean;
}

/** A line of an order's accepted version. */
export interface OrderLine {
  readonly order: Hex;
  /** Normalised, as is that of a billing line. */
  readonly orderNumber: string;
  readonly id: string;
  readonly items: ItemIds;
}

/** What an invoice's line says about the order's line that it bills. */
export interface BillingLine {
  readonly id: string;
  readonly items: ItemIds;
  /** OrderLineReference: the order's line, and in a collective invoice the order's number. */
  readonly orderLine?: string;
  readonly orderNumber?: string;
}

/** Which of rule 5's ways brought two lines together. */
export type MetBy = 'ORDER_LINE_REFERENCE' | 'ITEM' | 'LINE_NUMBER';

export interface Meeting {
  readonly line: OrderLine;
  readonly by: MetBy;
}

const ITEM_KEYS = ['seller', 'buyer', 'standard'] as const;

function only(candidates: OrderLine[], id: string): OrderLine | undefined {
  if (candidates.length > 1) candidates = candidates.filter((line) => line.id === id);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/**
 * The order's line that `billed` bills: by OrderLineReference, else by seller's, buyer's or standard item id, else by
 * equal line number (rule 5). A reference to a line that no order has says nothing, so the next way is tried; where two
 * lines fit equally, none is met, and the goods of neither are covered. `lines` are those of all orders invoiced.
 */
export function meetOrderLine(billed: BillingLine, lines: readonly OrderLine[]): Meeting | undefined {
  const among = sameOrder(billed, lines);
  const referred = referredBy(billed, among);
  if (referred) return { line: referred, by: 'ORDER_LINE_REFERENCE' };
  for (const key of ITEM_KEYS) {
    if (!billed.items[key]) continue;
    const sameItem = only(
      among.filter((line) => line.items[key] === billed.items[key]),
      billed.id,
    );
    if (sameItem) return { line: sameItem, by: 'ITEM' };
  }
  const sameNumber = among.filter((line) => line.id === billed.id);
  return sameNumber.length === 1 ? { line: sameNumber[0]!, by: 'LINE_NUMBER' } : undefined;
}

/**
 * Whether what {@link meetOrderLine} answers could be another if all were shown: an order's number is hidden that the
 * billing line's is to be compared with, or no OrderLineReference decides and item ids are hidden on either side.
 */
export function hingesOnHidden(billed: BillingLine, lines: readonly OrderLine[]): boolean {
  if (billed.orderNumber && lines.some(({ orderNumber }) => orderNumber === '')) return true;
  const among = sameOrder(billed, lines);
  if (among.length === 0 || referredBy(billed, among)) return false;
  const named = ITEM_KEYS.some((key) => billed.items[key]);
  return billed.items.hidden === true || (named && among.some(({ items }) => items.hidden));
}

function sameOrder({ orderNumber }: BillingLine, lines: readonly OrderLine[]): readonly OrderLine[] {
  return orderNumber ? lines.filter((line) => line.orderNumber === orderNumber) : lines;
}

function referredBy({ id, orderLine }: BillingLine, among: readonly OrderLine[]): OrderLine | undefined {
  return only(
    among.filter((line) => line.id === orderLine),
    id,
  );
}
