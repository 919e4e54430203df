import type { Hex } from '../../../kernel/hex.js';
import { Rational } from '../../../kernel/rational.js';
import { type Claim, type ClaimLine, shareOf } from './claim.js';
import { type LineGoods, lineKey } from './goods.js';
import { sameUnit } from './units.js';

/** How far goods received cover one line of a claim. */
export interface LineCover {
  readonly line: ClaimLine;
  /** Quantity that this claim bills: the invoice's, times its instalment's share. */
  readonly invoiced: Rational;
  /** The order line's received, rejected and returned quantities; absent when no order line was met or none received. */
  readonly goods?: LineGoods;
  /** What earlier lines and earlier confirmed receivables had already taken. */
  readonly taken: Rational;
  /** Covered quantity: min(invoiced, received - rejected - returned - taken), at least 0; nothing of what is in another unit. */
  readonly covered: Rational;
}

/** Goods of orders, taken by one claim after the other: goods received once cover one invoice (rule 5). */
class Stock {
  private readonly goods: Map<string, LineGoods>;
  private readonly taken = new Map<string, Rational>();

  constructor(goods: readonly LineGoods[]) {
    this.goods = new Map(goods.map((line) => [lineKey(line.order, line.line), line]));
  }

  take(line: ClaimLine, invoiced: Rational, withoutReceipt: boolean): LineCover {
    const key = line.met ? lineKey(line.met.order, line.met.line) : undefined;
    const goods = key === undefined ? undefined : this.goods.get(key);
    const taken = (key !== undefined && this.taken.get(key)) || Rational.ZERO;
    const accepted = goods ? goods.received.minus(goods.rejected).minus(goods.returned) : Rational.ZERO;
    const left = Rational.max(Rational.ZERO, accepted.minus(taken));
    const comparable = sameUnit(line.unit, goods?.unit);
    const covered = comparable ? Rational.max(Rational.ZERO, Rational.min(invoiced, left)) : Rational.ZERO;
    if (key !== undefined) {
      // How much another unit would take cannot be told, so it takes all.
      const consumed = withoutReceipt ? Rational.max(comparable ? covered : left, invoiced) : covered;
      this.taken.set(key, taken.plus(consumed));
    }
    return { line, invoiced, goods, taken, covered };
  }
}

/**
 * Gives the goods of the orders to the claims on them, in the order given: confirmed claims by the time of their
 * confirmation, then those not confirmed. A claim confirmed without receipt takes all that it bills, received or not,
 * since later arrivals are those it was confirmed for. Answers each claim's lines, by receivable.
 */
export function allocateGoods(goods: readonly LineGoods[], claims: readonly Claim[]): Map<Hex, LineCover[]> {
  const stock = new Stock(goods);
  return new Map(
    claims.map((claim) => {
      const share = shareOf(claim);
      const withoutReceipt = claim.confirmed?.withoutReceipt ?? false;
      const lines = claim.lines.map((line) => stock.take(line, line.quantity.times(share), withoutReceipt));
      return [claim.receivable, lines];
    }),
  );
}

/**
 * The part of a claim's value that goods cover, 0 to 1: sum(covered quantity x net price) / sum(invoiced quantity x net
 * price). Net price is amount / quantity, so a line counts amount x covered / invoiced. A line that lowers the invoice
 * (negative amount) counts in full, received or not: otherwise what it lowers would be financed.
 */
export function coveredShare(lines: readonly LineCover[]): Rational {
  const invoiced = Rational.sum(lines.map(({ line }) => line.amount));
  if (invoiced.sign <= 0) return Rational.ZERO;
  const covered = Rational.sum(
    lines.map(({ line, invoiced: quantity, covered }) => {
      if (line.amount.sign <= 0) return line.amount;
      return quantity.sign > 0 ? line.amount.times(covered).over(quantity) : Rational.ZERO;
    }),
  );
  return Rational.min(Rational.ONE, Rational.max(Rational.ZERO, covered.over(invoiced)));
}
