import { z } from 'zod';
import { timeOf } from '../../kernel/block-time.js';
import { minorUnits } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import type { NameOf } from '../../members/index.js';
import { type Encumbrance, moneyView, type MoneyView } from '../../receivables/index.js';
import { ENCUMBRANCE_KINDS, ENCUMBRANCE_STATES } from '../../receivables/domain/states.js';
import type { Balance } from '../domain/balance.js';
import { DAY_COUNTS } from '../domain/day-count.js';
import type { Offer } from '../domain/financing.js';
import { FINANCING_STATUSES } from '../domain/states.js';
import type { Position } from './positions.js';
import { type FinancingWords, financingWords } from './words.js';

const hash = z.string().describe('0x and 64 hex digits.');
const time = z.iso.datetime().describe('Block time.');
const buckets = z.object({ principal: moneyView, discount: moneyView, fees: moneyView, reserve: moneyView });

const offerView = z.object({
  advance: moneyView,
  discountBps: z.int().describe('Basis points a year, on the advance.'),
  feeBps: z.int().describe('Basis points once, on the advance.'),
  dayCount: z.enum(DAY_COUNTS),
  repayBy: z.string().describe('ISO date until which discount is charged.'),
  recourse: z.boolean(),
  kind: z.enum(ENCUMBRANCE_KINDS),
  expiresAt: time,
  disburseBy: time,
  terms: hash.describe('Root over the terms, as the reservation on chain bears it.'),
  coverVersion: z
    .int()
    .describe(
      'At which the lender consented; another one makes an offer stale that stands. Once agreed to, an order’s own is one higher: it rises with the agreement.',
    ),
});

export const financingView = z.object({
  id: hash,
  status: z.enum(FINANCING_STATUSES),
  version: z.int(),
  side: z.enum(['HOLDER', 'LENDER']).describe('Which of its sides this member is.'),
  receivable: hash.optional(),
  order: hash.optional(),
  holder: z.string().describe('Short name of the member that asked.'),
  lender: z.string().describe('Short name of the member that was asked.'),
  requested: moneyView,
  rollsOver: hash.nullable().describe('The financing of its order whose place it takes.'),
  delivered: z.boolean().describe('False while the request waits for the buyer to tag the order.'),
  evidenceAwaited: z
    .boolean()
    .describe(
      'At the lender, true while documents that it takes to judge the claim are on their way: nothing is offered before.',
    ),
  offer: offerView.nullable(),
  declineReason: z.string().nullable(),
  encumbrance: z
    .object({ state: z.enum(ENCUMBRANCE_STATES), noticeGiven: z.boolean() })
    .nullable()
    .describe("The chain's word on this financing's own reservation."),
  cover: moneyView.nullable().describe('What may be advanced now; null where it is not known here or nothing may be.'),
  shortfall: moneyView.nullable().describe('By how much principal that is out, or reserved, exceeds the cover now.'),
  shortfallCauses: z
    .array(
      z.object({ event: z.string(), object: z.string(), block: z.int(), logIndex: z.int(), transaction: z.string() }),
    )
    .describe(
      'What happened since the cover last sufficed on its lineage: its orders and receivables, and those that share a collective invoice with them.',
    ),
  disbursedAt: time.nullable(),
  disbursementReference: z.string().nullable().describe('Once the disbursement is on chain.'),
  due: buckets.nullable(),
  applied: buckets.extend({ unapplied: moneyView }).nullable().describe('How what was repaid was used, in this order.'),
  owed: moneyView.nullable().describe('Principal, discount and fees still due to the lender.'),
  carriedOver: moneyView
    .nullable()
    .describe('What was owed when a financing of a receivable took its place, which paid it off.'),
  lost: moneyView.nullable().describe('What was owed when the lender wrote its claim off, and nobody owes any more.'),
  repayments: z.array(z.object({ n: z.int(), amount: moneyView, reference: z.string(), receivedAt: time })),
  releaseReason: z.string().nullable().describe('Once it is closed by its release, on chain.'),
  ...financingWords.shape,
  requestedAt: time,
  changedAt: time,
});
export type FinancingView = z.output<typeof financingView>;

/** What both sides of a financing see of it. `cover` is what may be advanced on its object now. */
export function toView(
  position: Position,
  words: FinancingWords,
  cover: MoneyView | null,
  nameOf: NameOf,
): FinancingView {
  const { financing, status, encumbrance, repayments, balance } = position;
  const { id, side, version, object, onOrder, requested, offer, declineReason } = financing;
  const currency = offer?.terms.advance.currency ?? requested.currency;
  const money = (amount: Rational): MoneyView => ({ amount: amount.toFixed(minorUnits(currency)), currency });
  return {
    ...{ id, status, version, side, declineReason, cover },
    ...(onOrder ? { order: object } : { receivable: object }),
    holder: nameOf(financing.holder),
    lender: nameOf(financing.lender),
    requested: { ...requested },
    rollsOver: financing.rollsOver,
    delivered: financing.sent,
    evidenceAwaited: financing.evidenceAwaited,
    offer: offer && toOffer(offer),
    encumbrance: encumbrance ? { state: encumbrance.state, noticeGiven: encumbrance.notice !== null } : null,
    shortfall: null,
    shortfallCauses: [],
    ...words,
    disbursedAt: encumbrance?.disbursed ? timeOf(encumbrance.disbursed.at) : null,
    disbursementReference: encumbrance?.disbursed ? financing.disbursementReference : null,
    ...balances(balance, money, encumbrance?.ending),
    repayments: repayments.map(({ number, amount, reference, receivedAt }) => {
      return { n: number, amount: { amount, currency }, reference, receivedAt: timeOf(receivedAt) };
    }),
    // What the lender asked for may have been refused, or the claim have ended otherwise first.
    releaseReason: encumbrance?.ending === 'RELEASED' ? financing.releaseReason : null,
    requestedAt: timeOf(financing.requestedAt),
    changedAt: timeOf(financing.changedAt),
  };
}

function toOffer({ terms, root, consent }: Offer): FinancingView['offer'] {
  const { expiresAt, disburseBy, advance, ...rest } = terms;
  return {
    ...rest,
    advance: { ...advance },
    expiresAt: timeOf(expiresAt),
    disburseBy: timeOf(disburseBy),
    terms: root,
    coverVersion: consent.coverVersion,
  };
}

function balances(
  balance: Balance | undefined,
  money: (amount: Rational) => MoneyView,
  ending: Encumbrance['ending'] | undefined,
) {
  if (!balance) return { due: null, applied: null, owed: null, carriedOver: null, lost: null };
  const { due, applied, owed } = balance;
  const four = ({ principal, discount, fees, reserve }: Balance['due']) => ({
    principal: money(principal),
    discount: money(discount),
    fees: money(fees),
    reserve: money(reserve),
  });
  return {
    due: four(due),
    applied: { ...four(applied), unapplied: money(applied.unapplied) },
    owed: money(ending === 'ROLLED_OVER' || ending === 'WRITTEN_OFF' ? Rational.ZERO : owed),
    carriedOver: ending === 'ROLLED_OVER' ? money(owed) : null,
    lost: ending === 'WRITTEN_OFF' ? money(owed) : null,
  };
}

/** Where a page of financings ends: time and id of the last request. */
export const financingKey = z.tuple([z.int().nonnegative(), z.string()]);
