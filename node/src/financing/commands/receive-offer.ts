import { makeStatement } from '../../documents/index.js';
import { tryAgain } from '../../errors/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { oneTimeAccountUncertified } from '../../members/domain/problems.js';
import { Members, OneTimeAccounts } from '../../members/index.js';
import { ConsentDesk, Papers, Receivables } from '../../receivables/index.js';
import { fromContent } from '../domain/offer-content.js';
import { requireAct } from '../domain/require-act.js';
import { Counterparty } from '../queries/counterparty.js';
import { RolledOver } from '../queries/rolled-over.js';
import { FinancingStore } from '../storage/financing.store.js';
import { type OfferBody, offerBody } from './envelopes.js';
import { paperSubject } from './paper-subject.js';
import { consentTo, detailsOf, Reservations } from './reservation.js';

/** Takes in a lender's offer, if its consent is to just the terms that it states. */
@EnvelopeHandler('financing.offer', { body: offerBody })
export class ReceiveOffer implements EnvelopeProcessor<OfferBody> {
  constructor(
    private readonly counterparty: Counterparty,
    private readonly members: Members,
    private readonly receivables: Receivables,
    private readonly accounts: OneTimeAccounts,
    private readonly reservations: Reservations,
    private readonly consents: ConsentDesk,
    private readonly papers: Papers,
    private readonly store: FinancingStore,
    private readonly rolled: RolledOver,
  ) {}

  async handle({ from, object: id, body }: ReceivedEnvelope<OfferBody>): Promise<void> {
    const { financing, status } = await this.counterparty.require(id, 'HOLDER', from.id);
    requireAct('offer', 'LENDER', status, id);
    this.members.requireMayBegin(await this.members.byId(from.id), 'LENDER');
    const { content, seed, certificate, consent, firstLenders } = body;
    const { object, onOrder } = financing;
    const named = certificate.object === object && certificate.member === from.id;
    if (!named || consent.signer !== certificate.account) {
      throw oneTimeAccountUncertified('the certificate is not of the account that consents', { object });
    }
    // Its lender certifies it anew as soon as its own index says the same.
    if (await this.accounts.isPast(certificate))
      throw tryAgain('who certified the lender’s account was revoked', { object });
    await this.accounts.check(certificate);
    const terms = fromContent(financing, content);
    const orders = onOrder ? [object] : (await this.receivables.get(object)).orders;
    const subject = paperSubject(financing, orders);
    const paper = this.papers.rebuild(subject, makeStatement('OFFER', content), seed);
    const reservation = await this.reservations.of(object, orders, certificate.account, terms, paper.root);
    const rolled = await this.rolled.of(financing);
    this.consents.require(consentTo(object, detailsOf(reservation), rolled?.financing.object), consent);
    await this.papers.take(subject, paper, [paper.root]);
    await this.store.change(id, {
      status: 'OFFERED',
      offer: { terms, root: paper.root, certificate, consent, firstLenders },
    });
  }
}
