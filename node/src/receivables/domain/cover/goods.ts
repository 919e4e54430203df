import type { Hex } from '../../../kernel/hex.js';
import type { Rational } from '../../../kernel/rational.js';
import type { EventRef } from '../event-ref.js';

/** What became of the goods of one line of an order, as its buyer reported it (rule 5). */
export interface LineGoods {
  readonly order: Hex;
  readonly line: string;
  /** In which all three are: the order's, or as first reported where that states none. */
  readonly unit?: string;
  readonly received: Rational;
  readonly rejected: Rational;
  readonly returned: Rational;
  /** The receipts, inspections and returns that say so. */
  readonly events: readonly EventRef[];
}

/** One key for a line of an order; an order id has a fixed length, so no two lines share it. */
export const lineKey = (order: Hex, line: string): string => `${order}/${line}`;
