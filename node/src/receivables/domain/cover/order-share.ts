import type { Hex } from '../../../kernel/hex.js';
import { Rational } from '../../../kernel/rational.js';
import type { LineCover } from './allocation.js';
import type { Cover } from './cover.js';

/**
 * The part of a claim's cover that comes of one of its orders, 0 to 1: by what goods cover of the lines that met each order; by what these
 * lines bill where the cover rests on the obligor's word. All orders' shares sum to 1, so lines that met none, or lower the invoice, are
 * left out. Where no line says anything, each order has as much as another.
 */
export function shareOfOrder(order: Hex, orders: readonly Hex[], { lines, withoutReceipt }: Cover): Rational {
  const worth = withoutReceipt ? billed : covered;
  const worths = lines
    .filter(({ line }) => line.met && line.amount.sign > 0)
    .map((each) => ({ of: each.line.met!.order, worth: worth(each) }));
  const all = Rational.sum(worths.map(({ worth }) => worth));
  if (all.sign === 0) return Rational.of(1, orders.length);
  return Rational.sum(worths.filter(({ of }) => of === order).map(({ worth }) => worth)).over(all);
}

const billed = ({ line }: LineCover): Rational => line.amount;

const covered = ({ line, invoiced, covered }: LineCover): Rational =>
  invoiced.sign > 0 ? line.amount.times(covered).over(invoiced) : Rational.ZERO;
