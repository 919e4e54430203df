import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { ClearLapsed, Orders } from '../../orders/index.js';
import {
  ConsentDesk,
  type Encumbrance,
  GivenConsents,
  ReceivableDesk,
  Receivables,
  StandingConsents,
} from '../../receivables/index.js';
import type { Financing, Offer } from '../domain/financing.js';
import { financingOfferMissing } from '../domain/problems.js';
import { requireAct } from '../domain/require-act.js';
import { Positions } from '../queries/positions.js';
import { RolledOver } from '../queries/rolled-over.js';
import { EncumbranceGuard } from './encumbrance-guard.js';
import { consentTo, detailsOf, type Reservation, Reservations, toContract } from './reservation.js';

/** What a command answers: the financing and the transaction that will change it. */
export interface FinancingAnswer {
  readonly id: Hex;
  readonly submission: string;
}

/**
 * The holder agrees: both consents go to the chain in one transaction, which reserves the claim; or, where it takes the place of
 * its order's financing, moves that one's claim to the receivable. A consent of the holder to void the receivable ends ahead of it.
 */
@Injectable()
export class Agree {
  constructor(
    private readonly positions: Positions,
    private readonly members: Members,
    private readonly orders: Orders,
    private readonly receivables: Receivables,
    private readonly guard: EncumbranceGuard,
    private readonly lapsed: ClearLapsed,
    private readonly reservations: Reservations,
    private readonly consents: ConsentDesk,
    private readonly given: GivenConsents,
    private readonly standing: StandingConsents,
    private readonly desk: ReceivableDesk,
    private readonly keyring: Keyring,
    private readonly rolled: RolledOver,
  ) {}

  /**
   * Refuses with RECEIVABLE_ALREADY_ENCUMBERED, ORDER_ALREADY_ENCUMBERED, CONSENT_STALE when cover fell since the offer,
   * MEMBER_NOT_ACTIVE or MEMBER_MISSING_ROLE for a lender that may begin nothing any more (rule 10),
   * FINANCING_INVALID_TRANSITION when there is no offer that stands, ROLL_OVER_INVALID when what it takes over has ended; with nothing changed. The chain has the last word.
   */
  async run(id: Hex): Promise<FinancingAnswer> {
    const { financing, status } = await this.positions.lock(id);
    requireAct('agree', financing.side, status, id);
    this.members.requireMayBegin(await this.members.self(), 'SUPPLIER');
    this.members.requireMayBegin(await this.members.byId(financing.lender), 'LENDER');
    const { object, onOrder, offer } = financing;
    if (!offer) throw financingOfferMissing('the lender has offered nothing', { financing: id });
    await this.given.lock(object);
    const { orders, coverVersion } = await this.lineage(financing);
    const above = await this.guard.requireFree(object, onOrder, onOrder ? [] : orders, (claim) => yields(offer, claim));
    requireFresh(offer, coverVersion);
    const { certificate, terms, root } = offer;
    const reservation = await this.reservations.of(object, orders, certificate.account, terms, root);
    const rolled = await this.rolled.of(financing);
    // A claim may have ended since its lender consented that it yields: the contract takes the consents of those that run.
    const firstLenders = offer.firstLenders.filter((each) => above.some((claim) => claim.object === each.object));
    const standing = { ...offer, firstLenders };
    return {
      id,
      submission: await this.reserve(financing, standing, reservation, coverVersion, rolled?.financing.object),
    };
  }

  private async lineage({ object, onOrder }: Financing): Promise<{ orders: readonly Hex[]; coverVersion: number }> {
    if (onOrder) return { orders: [object], coverVersion: (await this.orders.get(object)).coverVersion };
    const receivable = await this.receivables.get(object);
    return { orders: receivable.orders, coverVersion: await this.receivables.coverVersion(receivable) };
  }

  private async reserve(
    { id, object, onOrder }: Financing,
    { consent, terms, firstLenders }: Offer,
    reservation: Reservation,
    coverVersion: number,
    rolledOver?: Hex,
  ): Promise<string> {
    const holder = onOrder ? this.keyring.operator : this.keyring.oneTime(object);
    const given = { deadline: terms.expiresAt, coverVersion };
    const own = await this.consents.give(holder, consentTo(object, detailsOf(reservation), rolledOver), given);
    const account = holder.address;
    await this.given.keep({ object, act: 'RESERVE', regarding: id, ...own });
    await this.standing.takeBack({ object, act: 'VOID' });
    const signed = [toContract(reservation), own, consent, firstLenders] as const;
    if (rolledOver !== undefined) {
      return this.desk.submit({
        act: 'rollOverFinancing',
        object,
        fn: 'rollOver',
        args: [rolledOver, ...signed],
        account,
      });
    }
    // By the operator, as the reservation: it waits behind them.
    if (onOrder) await this.lapsed.ensure(object);
    const subject = onOrder ? 'order' : 'receivable';
    return this.desk.submit({ act: 'agreeFinancing', object, fn: 'reserve', args: [...signed], account, subject });
  }
}

/** Whether the offer brings the consent of the claim's lender that it yields. */
function yields({ firstLenders }: Offer, claim: Encumbrance): boolean {
  return firstLenders.some(({ object, consent }) => object === claim.object && consent.signer === claim.lender);
}

function requireFresh({ consent }: Offer, current: number): void {
  const { coverVersion: given } = consent;
  if (given === current) return;
  throw CONTRACT_PROBLEMS.ConsentStale('something lowered the cover since the lender offered', { given, current });
}
