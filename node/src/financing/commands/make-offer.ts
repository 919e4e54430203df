import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { makeStatement } from '../../documents/index.js';
import { IndexHead } from '../../indexer/index.js';
import { hashWords } from '../../kernel/abi-words.js';
import { dayOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';
import { Members, OneTimeAccounts } from '../../members/index.js';
import { Orders } from '../../orders/index.js';
import {
  ConsentDesk,
  type ConsentTo,
  type Encumbrance,
  GivenConsents,
  Papers,
  Receivables,
  StandingConsents,
  Undertakings,
} from '../../receivables/index.js';
import type { DayCount } from '../domain/day-count.js';
import type { Financing, Offer, YieldingConsent } from '../domain/financing.js';
import { defaultDisburseBy, type OfferTerms, requireOffer } from '../domain/offer.js';
import { toContent } from '../domain/offer-content.js';
import { evidenceAwaited } from '../domain/problems.js';
import { requireAct } from '../domain/require-act.js';
import { type Advanceable, AdvanceableQuery } from '../queries/advanceable.js';
import { requirePaysOff, yieldedDetails } from '../domain/roll-over.js';
import { Positions } from '../queries/positions.js';
import { RolledOver } from '../queries/rolled-over.js';
import { EvidenceStore } from '../storage/evidence.store.js';
import { FinancingStore } from '../storage/financing.store.js';
import { EncumbranceGuard } from './encumbrance-guard.js';
import { FinancingRules } from './financing-rules.js';
import { OfferLetters } from './offer-letters.js';
import { paperSubject } from './paper-subject.js';
import { consentTo, detailsOf, Reservations } from './reservation.js';
import { WholeCheck } from './whole-check.js';

/** What a lender's desk decides; the rest follows. */
export interface OfferDraft extends Omit<OfferTerms, 'advance' | 'disburseBy' | 'repayBy'> {
  readonly advance: Pick<Money, 'amount'> & Partial<Money>;
  readonly dayCount: DayCount;
  readonly disburseBy?: number;
  readonly repayBy?: string;
}

/** The lender offers money: terms, and its consent to reserve at the present cover. */
@Injectable()
export class MakeOffer {
  constructor(
    private readonly positions: Positions,
    private readonly members: Members,
    private readonly orders: Orders,
    private readonly accounts: OneTimeAccounts,
    private readonly keyring: Keyring,
    private readonly advanceable: AdvanceableQuery,
    private readonly receivables: Receivables,
    private readonly undertakings: Undertakings,
    private readonly guard: EncumbranceGuard,
    private readonly reservations: Reservations,
    private readonly consents: ConsentDesk,
    private readonly given: GivenConsents,
    private readonly standing: StandingConsents,
    private readonly papers: Papers,
    private readonly store: FinancingStore,
    private readonly letters: OfferLetters,
    private readonly head: IndexHead,
    private readonly rules: FinancingRules,
    private readonly rolled: RolledOver,
    private readonly whole: WholeCheck,
    private readonly evidence: EvidenceStore,
  ) {}

  /**
   * Refuses with EVIDENCE_AWAITED until the claim can be judged and then as {@link WholeCheck} does, with MEMBER_NOT_ACTIVE while either side is suspended (rule 10), ADVANCE_EXCEEDS_COVER naming by how much, OFFER_TERMS_INVALID, RECEIVABLE_ALREADY_ENCUMBERED or
   * ORDER_ALREADY_ENCUMBERED, ORDER_TAG_TAKEN, RECEIVABLE_DISPUTED, ROLL_OVER_INVALID, ROLL_OVER_TOO_SMALL naming by how much, COVER_NOT_SHOWN when the holder did not show
   * all that decides it, and GRANT_INDEX_STALLED while the last block is too old to open what it showed.
   */
  async run(id: Hex, draft: OfferDraft): Promise<void> {
    const { financing, status } = await this.positions.lock(id);
    requireAct('offer', financing.side, status, id);
    await this.requireEvidence(financing);
    this.members.requireMayBegin(await this.members.self(), 'LENDER');
    this.members.requireMayBegin(await this.members.byId(financing.holder), 'SUPPLIER');
    const { object, onOrder } = financing;
    const rolled = await this.rolled.of(financing);
    const able = await this.advanceable.of(object, onOrder, rolled?.financing.object);
    const isOwn = ({ object, lender }: Encumbrance) => lender === this.keyring.oneTime(object).address;
    const yielding = await this.guard.requireFree(object, onOrder, onOrder ? [] : able.orders, isOwn);
    await this.guard.requireOwnTags(able.orders);
    const terms = requireOffer(this.termsOf(draft, able), able.cover, this.head.current().timestamp);
    if (rolled) requirePaysOff(terms.advance, rolled.balance!.owed);
    await this.rules.requireOffer(able, terms, rolled?.financing.id);
    await this.takeBackVoiding(object, yielding);
    const document = makeStatement('OFFER', toContent(id, terms));
    const { root, seed } = await this.papers.write(paperSubject(financing, able.orders), document);
    const offer = await this.sign(financing, able, terms, root, yielding, rolled?.financing.object);
    const claim = onOrder ? null : (await this.undertakings.require(await this.receivables.get(object))).amount;
    await this.store.change(id, { status: 'OFFERED', offer, claim, evidenceAwaited: false });
    await this.letters.send(financing, offer, seed);
  }

  /**
   * Also of a claim that was whole once: a version of an order that was shown as proposed comes in force by the chain's word, and no letter
   * judges it; nor does the chain take a reservation by tags that lack a tag key.
   */
  private async requireEvidence(financing: Financing): Promise<void> {
    const { id } = financing;
    if (await this.whole.isWhole(financing, [], this.evidence.heldFor(id))) return;
    throw evidenceAwaited('documents of the claim, or buyers’ tags of its orders, are yet to come', { financing: id });
  }

  /** By claims on its orders this lender may have consented that the receivable be voided, which is to be good no more once that is lent on. */
  private async takeBackVoiding(receivable: Hex, yielding: readonly Encumbrance[]): Promise<void> {
    for (const { object: order } of yielding) {
      await this.given.lock(order);
      const consents = { object: order, act: 'VOID', subject: 'order' } as const;
      await this.standing.takeBack(consents, ({ regarding }) => regarding === receivable);
    }
  }

  private termsOf(
    { advance, disburseBy, repayBy, ...draft }: OfferDraft,
    { cover, payableOn }: Advanceable,
  ): OfferTerms {
    const last = disburseBy ?? defaultDisburseBy(this.head.current().timestamp);
    return {
      ...draft,
      advance: { amount: advance.amount, currency: advance.currency ?? cover.currency },
      disburseBy: last,
      // What was due before it can be paid out would bear no discount, and be in default at once.
      repayBy: repayBy ?? laterDay(dayOf(last), payableOn),
    };
  }

  private async sign(
    { object }: Financing,
    { coverVersion, orders }: Advanceable,
    terms: OfferTerms,
    root: Hex,
    yielding: readonly Encumbrance[],
    rolledOver?: Hex,
  ): Promise<Offer> {
    const account = this.keyring.oneTime(object);
    const details = detailsOf(await this.reservations.of(object, orders, account.address, terms, root));
    const deadline = Math.min(terms.expiresAt, terms.disburseBy);
    const to = consentTo(object, details, rolledOver);
    const consent = await this.consents.give(account, to, { deadline, coverVersion });
    const certificate = await this.accounts.certify(object);
    const yielded = rolledOver
      ? ({ act: 'ROLL_OVER', details: yieldedDetails(object, rolledOver, details) } as const)
      : ({ act: 'YIELD', details: hashWords(object, details) } as const);
    return { terms, root, certificate, consent, firstLenders: await this.yields(yielding, yielded, deadline) };
  }

  /** This lender's own claims on orders let its claim on a receivable born from them pass. */
  private async yields(claims: readonly Encumbrance[], yielded: Pick<ConsentTo, 'act' | 'details'>, deadline: number) {
    const orders = await this.orders.findMany(claims.map((claim) => claim.object));
    const given = claims.map(async (claim): Promise<YieldingConsent> => {
      const order = claim.object;
      const { coverVersion } = orders.find(({ id }) => id === order)!;
      const yieldTo = { object: order, ...yielded };
      return {
        object: order,
        consent: await this.consents.give(this.keyring.oneTime(order), yieldTo, { deadline, coverVersion }),
      };
    });
    return Promise.all(given);
  }
}

const laterDay = (day: string, other = day): string => (day < other ? other : day);
