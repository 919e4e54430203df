import { Injectable } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';
import { dayOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import {
  CommittedFields,
  type Encumbrance,
  type Receivable,
  Receivables,
  Undertakings,
} from '../../receivables/index.js';
import type { DocumentFields } from '../../receivables/domain/documents/fields.js';
import { amountIn } from '../../receivables/domain/documents/figures.js';
import { type Balance, balanceOf } from '../domain/balance.js';
import { deriveStatus } from '../domain/derive-status.js';
import type { Financing, Repayment } from '../domain/financing.js';
import { priceAdvance } from '../domain/price.js';
import type { FinancingStatus } from '../domain/states.js';
import { fullyRepaid } from '../domain/waterfall.js';
import { financingUnknown } from '../domain/problems.js';
import { FinancingStore } from '../storage/financing.store.js';
import { RepaymentStore } from '../storage/repayment.store.js';

/** A financing as of the indexed head: what its sides said, joined with what the chain says. */
export interface Position {
  readonly financing: Financing;
  readonly status: FinancingStatus;
  /** The reservation that bears the offer's terms. */
  readonly encumbrance?: Encumbrance;
  readonly repayments: readonly Repayment[];
  /** Once disbursed. */
  readonly balance?: Balance;
  /** What both sides said of it on chain, by commitment, as far as it is known here. */
  readonly said: Said;
}
type Said = ReadonlyMap<Hex, DocumentFields>;

/** Where financings stand. */
@Injectable()
export class Positions {
  constructor(
    private readonly store: FinancingStore,
    private readonly repayments: RepaymentStore,
    private readonly receivables: Receivables,
    private readonly undertakings: Undertakings,
    private readonly fields: CommittedFields,
    private readonly head: IndexHead,
  ) {}

  /** Throws FINANCING_UNKNOWN. */
  async get(id: Hex): Promise<Position> {
    return this.of(known(id, await this.store.find(id)));
  }

  /** The same, and until the unit of work ends nobody else changes it. */
  async lock(id: Hex): Promise<Position> {
    return this.of(known(id, await this.store.lock(id)));
  }

  async of(financing: Financing): Promise<Position> {
    const { id, object, onOrder, offer } = financing;
    // Before the rows: by a clock that went on meanwhile an offer would be over that was agreed to in time.
    const { timestamp } = this.head.current();
    const history = offer ? await this.receivables.encumbranceHistory(object) : [];
    const encumbrance = history.findLast(
      ({ terms, lender }) => terms === offer?.root && lender === offer.certificate.account,
    );
    const repayments = await this.repayments.of(id);
    const receivable = encumbrance && !onOrder ? await this.receivables.get(object) : undefined;
    const said = await this.saidOf(object, encumbrance);
    const repaid = encumbrance
      ? repaidIn(repayments).plus(boughtBack(encumbrance, said, offer!.terms.advance.currency))
      : Rational.ZERO;
    const balance = encumbrance && (await this.balanceOf(financing, encumbrance, receivable, repaid));
    const facts = {
      recorded: financing.status,
      offerExpiresAt: offer?.terms.expiresAt,
      reservation: encumbrance,
      fullyRepaid: balance !== undefined && fullyRepaid(repaid, balance.due),
      overdue: receivable?.marks.includes('OVERDUE'),
    };
    return { financing, status: deriveStatus(facts, timestamp), encumbrance, repayments, balance, said };
  }

  private async balanceOf(
    { offer, claim: known }: Financing,
    { disbursed }: Encumbrance,
    receivable: Receivable | undefined,
    repaid: Rational,
  ): Promise<Balance | undefined> {
    if (!offer || !disbursed) return undefined;
    const { terms } = offer;
    const advance = Rational.parse(terms.advance.amount);
    const from = dayOf(disbursed.at);
    const price = priceAdvance(
      { ...terms, advance, minorDigits: minorUnits(terms.advance.currency) },
      from,
      terms.repayBy,
    );
    const claim = known ?? (receivable && (await this.undertakings.of(receivable))?.amount);
    return balanceOf(advance, price, claim ? Rational.parse(claim) : null, repaid);
  }

  /** Read once: a statement that comes in meanwhile would be in one figure and not yet in another. */
  private async saidOf(object: Hex, encumbrance: Encumbrance | undefined): Promise<Said> {
    if (!encumbrance) return new Map();
    const { contest, recourse, releaseDemand, releaseReason } = encumbrance;
    const roots = [contest, recourse, releaseDemand, releaseReason].filter((root) => root !== null);
    return roots.length === 0 ? new Map() : this.fields.of(roots.map((root) => ({ root, object })));
  }
}

/** What the holder paid for the claim, by the lender's word that is on chain: it counts once that is, and once. */
function boughtBack({ ending, releaseReason: root }: Encumbrance, said: Said, currency: string): Rational {
  if (ending !== 'REPURCHASED' || !root) return Rational.ZERO;
  return Rational.parse(amountIn(said.get(root), currency) ?? '0');
}

export const repaidIn = (repayments: readonly Repayment[]): Rational =>
  Rational.sum(repayments.map(({ amount }) => Rational.parse(amount)));

function known(id: Hex, financing: Financing | undefined): Financing {
  if (financing) return financing;
  throw financingUnknown('this node has no such financing', { financing: id });
}
