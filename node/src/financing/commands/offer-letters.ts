import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { DocumentVault } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { OneTimeAccounts } from '../../members/index.js';
import type { Financing, Offer } from '../domain/financing.js';
import { toContent } from '../domain/offer-content.js';
import { Positions } from '../queries/positions.js';
import { FinancingStore } from '../storage/financing.store.js';
import type { OfferBody } from './envelopes.js';

/** Offers as they go to holders, with the word of an operator who is live: that of one who was revoked meanwhile no holder takes. */
@Injectable()
export class OfferLetters {
  constructor(
    private readonly positions: Positions,
    private readonly store: FinancingStore,
    private readonly accounts: OneTimeAccounts,
    private readonly vault: DocumentVault,
    private readonly exchange: Exchange,
    private readonly unitOfWork: UnitOfWork,
  ) {
    exchange.leavesIf('financing.offer', (id) => this.isMeant(id));
  }

  /** Within the current unit of work. */
  async send({ id, holder: to }: Financing, offer: Offer, seed: Hex): Promise<void> {
    const { terms, certificate, consent, firstLenders } = offer;
    const body = { content: toContent(id, terms), seed, certificate, consent, firstLenders: [...firstLenders] };
    await this.exchange.send({ to, type: 'financing.offer', object: id, body: body satisfies OfferBody });
  }

  /** Whether an offer is not to be certified and written anew, or was since. What it consents to stays: its one-time accounts signed that. */
  private isMeant(id: Hex): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const { financing, encumbrance } = await this.positions.lock(id);
      const { object, status, offer } = financing;
      // Whoever agreed to it, or withdrew, has no use for another; what leaves fetches its receipt.
      if (!offer || status !== 'OFFERED' || encumbrance) return true;
      if ((await this.exchange.onTheirWay('financing.offer', id)) > 1) return false;
      if (await this.accounts.stands(offer.certificate)) return true;
      const paper = await this.vault.at({ root: offer.root, object });
      // Erased meanwhile: it cannot be written again.
      if (!paper) return true;
      const anew = { ...offer, certificate: await this.accounts.certify(object) };
      await this.store.change(id, { offer: anew });
      await this.send(financing, anew, paper.seed);
      return false;
    });
  }
}
