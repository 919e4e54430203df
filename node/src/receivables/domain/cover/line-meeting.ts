import type { Hex } from '../../../kernel/hex.js';

/** Ids of what a line is about; each as its issuer writes it. */
export interface ItemIds {
  readonly seller?: string;
  readonly buyer?: string;
  readonly standard?: string;
  /** The standard id, where nothing tells whether it is the seller's too. */
  readonly perhapsSeller?: string;
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

/** Lines by one of their members: the only one that has it, and where several do, the only one of them with a given id. */
class OnlyLines {
  private readonly lines = new Map<string, { only: OrderLine | null; readonly byId: Map<string, OrderLine | null> }>();

  add(value: string | undefined, line: OrderLine): void {
    if (value === undefined) return;
    const those = this.lines.get(value);
    if (!those) this.lines.set(value, { only: line, byId: new Map([[line.id, line]]) });
    else {
      those.only = null;
      those.byId.set(line.id, those.byId.has(line.id) ? null : line);
    }
  }

  find(value: string | undefined, id: string): OrderLine | undefined {
    const those = value === undefined ? undefined : this.lines.get(value);
    return (those?.only ?? those?.byId.get(id)) || undefined;
  }
}

/** Lines among which one is sought: all of them, or those of one order's number. */
class Among {
  hidden = false;
  readonly ids = new OnlyLines();
  readonly items = { seller: new OnlyLines(), buyer: new OnlyLines(), standard: new OnlyLines() };
  readonly perhapsSeller = new OnlyLines();

  add(line: OrderLine): void {
    this.ids.add(line.id, line);
    for (const key of ITEM_KEYS) this.items[key].add(line.items[key], line);
    this.perhapsSeller.add(line.items.perhapsSeller, line);
    this.hidden ||= line.items.hidden === true;
  }
}

/**
 * The lines of all orders invoiced, for those that bill them to be met with. Looked up by key: an order and its invoice may have
 * thousands each, and another member says how many.
 */
export class LinesToMeet {
  private readonly all = new Among();
  private readonly byOrder = new Map<string, Among>();

  constructor(lines: readonly OrderLine[]) {
    for (const line of lines) {
      this.all.add(line);
      const own = this.byOrder.get(line.orderNumber) ?? new Among();
      this.byOrder.set(line.orderNumber, own);
      own.add(line);
    }
  }

  /**
   * The order's line that `billed` bills: by OrderLineReference, else by seller's, buyer's or standard item id, else by
   * equal line number (rule 5). A reference to a line that no order has says nothing, so the next way is tried; where two
   * lines fit equally, none is met, and the goods of neither are covered. An id that is perhaps the seller's counts as such before equal
   * line numbers, which say less.
   */
  meet(billed: BillingLine): Meeting | undefined {
    const among = this.among(billed);
    const referred = among?.ids.find(billed.orderLine, billed.id);
    if (referred) return { line: referred, by: 'ORDER_LINE_REFERENCE' };
    for (const key of ITEM_KEYS) {
      const sameItem = among?.items[key].find(billed.items[key] || undefined, billed.id);
      if (sameItem) return { line: sameItem, by: 'ITEM' };
    }
    const perhaps = among && perhapsSameItem(among, billed);
    if (perhaps) return { line: perhaps, by: 'ITEM' };
    const sameNumber = among?.ids.find(billed.id, billed.id);
    return sameNumber && { line: sameNumber, by: 'LINE_NUMBER' };
  }

  /**
   * Whether what {@link meet} answers could be another if all were shown: an order's number is hidden that the
   * billing line's is to be compared with, or no OrderLineReference decides and item ids are hidden on either side.
   */
  hingesOnHidden(billed: BillingLine): boolean {
    if (billed.orderNumber && this.byOrder.has('')) return true;
    const among = this.among(billed);
    if (!among || among.ids.find(billed.orderLine, billed.id)) return false;
    const named = ITEM_KEYS.some((key) => billed.items[key]);
    return billed.items.hidden === true || (named && among.hidden);
  }

  private among({ orderNumber }: BillingLine): Among | undefined {
    if (orderNumber) return this.byOrder.get(orderNumber);
    return this.byOrder.size > 0 ? this.all : undefined;
  }
}

function perhapsSameItem({ items, perhapsSeller }: Among, { id, items: billed }: BillingLine): OrderLine | undefined {
  return items.seller.find(billed.perhapsSeller || undefined, id) ?? perhapsSeller.find(billed.seller || undefined, id);
}
