import type { Hex } from '../../../kernel/hex.js';
import { Rational } from '../../../kernel/rational.js';
import { compareEvents, type EventRef } from '../event-ref.js';
import { allocateGoods } from './allocation.js';
import type { Claim } from './claim.js';
import { computeCover, type Cover, type Deduction } from './cover.js';
import type { LineGoods } from './goods.js';

/** Money still out on an order that was financed before delivery. */
export interface OrderAdvance {
  readonly order: Hex;
  readonly outstanding: Rational;
  readonly event: EventRef;
}

/** All that decides the cover of receivables born from the same orders. */
export interface LineageFacts {
  /** Of every receivable of the orders that was confirmed and is not void, and of the one asked about. */
  readonly claims: readonly Claim[];
  readonly goods: readonly LineGoods[];
  /** Credit notes, open disputes and acknowledged payments, by receivable. */
  readonly deductions: ReadonlyMap<Hex, readonly Deduction[]>;
  readonly advances: readonly OrderAdvance[];
  /** Decimals of the currency's minor unit. */
  readonly minorDigits: number;
}

/**
 * The cover of one receivable among those born from the same orders (rule 5): earlier confirmed ones take their goods
 * first, and use up what is still advanced on their orders first, unless they bear none. Throws RangeError when it is not among the claims.
 */
export function lineageCover(facts: LineageFacts, receivable: Hex): Cover {
  const claims = inTurn(facts.claims, receivable);
  const lines = allocateGoods(facts.goods, claims);
  const advances = facts.advances.map((advance) => ({ ...advance }));
  for (const claim of claims) {
    // Earlier claims lower this one by what they bear of advances, beside their goods.
    if (claim.receivable !== receivable && advances.length === 0) continue;
    const own = facts.deductions.get(claim.receivable) ?? [];
    const cover = (deductions: readonly Deduction[]): Cover =>
      computeCover({ claim, lines: lines.get(claim.receivable)!, deductions, minorDigits: facts.minorDigits });
    const before = cover(own);
    const taken = claim.bearsAdvances ? useUp(advances, claim.orders, before.amount) : [];
    if (claim.receivable === receivable) return taken.length ? cover([...own, ...taken]) : before;
  }
  throw new RangeError(`no claim of receivable ${receivable}`);
}

/** Confirmed claims by the time of their confirmation, then the one asked about if it is not confirmed. */
function inTurn(claims: readonly Claim[], receivable: Hex): Claim[] {
  const confirmed = claims.filter((claim) => claim.confirmed);
  const asked = claims.filter((claim) => !claim.confirmed && claim.receivable === receivable);
  return [...confirmed.sort((a, b) => compareEvents(a.confirmed!.event, b.confirmed!.event)), ...asked];
}

/** Takes from the advances on `orders` what `cover` can bear, and tells what was taken. */
function useUp(
  advances: { order: Hex; outstanding: Rational; event: EventRef }[],
  orders: readonly Hex[],
  cover: Rational,
): Deduction[] {
  const taken: Deduction[] = [];
  for (const advance of advances) {
    const amount = Rational.min(advance.outstanding, cover);
    if (!orders.includes(advance.order) || amount.sign <= 0) continue;
    taken.push({ kind: 'ORDER_ADVANCE', amount, event: advance.event });
    advance.outstanding = advance.outstanding.minus(amount);
    cover = cover.minus(amount);
  }
  return taken;
}
