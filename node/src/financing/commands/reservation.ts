import { Injectable } from '@nestjs/common';
import { orderTagStruct } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import { rollOverDetails } from '../domain/roll-over.js';
import { evidenceInvalid } from '../domain/problems.js';
import type { OfferTerms } from '../domain/offer.js';
import { encumbranceKindNumber, reserveDetails } from '../../receivables/domain/consent-details.js';
import type { OrderTags } from '../../receivables/domain/tags.js';
import { type ConsentTo, SignedTags } from '../../receivables/index.js';

/** What a reservation on chain is over: both consents name the hash of it. */
export interface Reservation {
  readonly object: Hex;
  readonly lender: Hex;
  readonly terms: OfferTerms;
  /** Commitment to the terms. */
  readonly root: Hex;
  /** Of each order of the object's lineage. */
  readonly orderTags: readonly OrderTags[];
}

/** Puts together what holder and lender sign and the contract takes. */
@Injectable()
export class Reservations {
  constructor(private readonly tags: SignedTags) {}

  /** Throws EVIDENCE_INVALID while the buyer's tags of an order are not here. */
  async of(object: Hex, orders: readonly Hex[], lender: Hex, terms: OfferTerms, root: Hex): Promise<Reservation> {
    const orderTags = await this.tags.orderTags(orders);
    if (!orderTags) throw evidenceInvalid('the buyer’s tags of an order are not here', { object });
    return { object, lender, terms, root, orderTags };
  }
}

/** `details` of both consents. */
export function detailsOf({ lender, terms, root, orderTags }: Reservation): Hex {
  const { kind, disburseBy } = terms;
  const tagStructs = orderTags.map(({ order, tags }) => orderTagStruct({ order, tags: tags.map(({ tag }) => tag) }));
  return reserveDetails({ lender, kind, disburseBy, terms: root, tagStructs });
}

/** What holder and lender say yes to: to reserve, or that a claim on `rolledOver`, an order of it, moves to the receivable. */
export function consentTo(object: Hex, details: Hex, rolledOver: Hex | undefined): ConsentTo {
  return rolledOver === undefined
    ? { object, act: 'RESERVE', details }
    : { object, act: 'ROLL_OVER', details: rollOverDetails(rolledOver, details) };
}

/** The reservation as the contract takes it. */
export function toContract({ object, lender, terms, root, orderTags }: Reservation) {
  return {
    ...{ object, lender, terms: root },
    kind: encumbranceKindNumber(terms.kind),
    disburseBy: terms.disburseBy,
    orderTags: orderTags.map(({ order, tags, account, signature }) => {
      return { order, tags: tags.map(({ tag }) => tag), buyerAccount: account, buyerSignature: signature };
    }),
  };
}
