import type { DisclosedDocument } from '../../documents/index.js';
import { tryAgain } from '../../errors/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { positiveMoney } from '../../kernel/money.js';
import { Members, OneTimeAccounts } from '../../members/index.js';
import { Orders } from '../../orders/index.js';
import { Receivables, TagChecks } from '../../receivables/index.js';
import { financingAlreadyKnown, financingNotHolder } from '../domain/problems.js';
import { TakeGrant } from '../../grants/index.js';
import { RolledOver } from '../queries/rolled-over.js';
import { EvidenceStore } from '../storage/evidence.store.js';
import { FinancingStore } from '../storage/financing.store.js';
import { type EvidenceBody, evidenceCarried, type RequestBody, requestBody } from './envelopes.js';
import { EvidenceCheck, NOTHING_HELD, requireGranted } from './evidence-check.js';
import { requireRequestGrant } from './request-grant.js';
import { WholeCheck } from './whole-check.js';

/**
 * Takes in a request for financing, if who asks holds the claim and what it shows holds against the chain. What it does not show may follow
 * (`ReceiveEvidence`); nothing is offered until the claim can be judged.
 */
@EnvelopeHandler('financing.request', { body: requestBody, carries: evidenceCarried })
export class ReceiveRequest implements EnvelopeProcessor<RequestBody> {
  constructor(
    private readonly members: Members,
    private readonly accounts: OneTimeAccounts,
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly check: EvidenceCheck,
    private readonly whole: WholeCheck,
    private readonly store: FinancingStore,
    private readonly evidence: EvidenceStore,
    private readonly grants: TakeGrant,
    private readonly rolled: RolledOver,
    private readonly tags: TagChecks,
  ) {}

  async handle({ from, object: id, body }: ReceivedEnvelope<RequestBody>): Promise<void> {
    const self = await this.members.self();
    this.members.requireMayBegin(self, 'LENDER');
    const { object, onOrder, certificate, grant, rollsOver } = body;
    requireRequestGrant(id, body);
    const requested = positiveMoney(body.requested);
    const documents = await (onOrder ? this.onOrder(from.id, body) : this.onReceivable(from.id, body));
    const complete = await this.whole.isWhole(body, documents, NOTHING_HELD);
    const sides = { side: 'LENDER', holder: from.id, lender: self.id } as const;
    if (rollsOver !== null) await this.rolled.require(rollsOver, { ...sides, object, onOrder });
    const added = await this.store.add({
      ...{ id, object, onOrder, requested, rollsOver, holderCertificate: certificate },
      ...{ ...sides, status: 'REQUESTED', sent: true, evidenceAwaited: !complete },
      ...{ offer: null, declineReason: null, disbursementReference: null, releaseReason: null },
    });
    if (!added) throw financingAlreadyKnown('another request has this id', { financing: id });
    await this.grants.given(from.id, grant, null);
    requireGranted(documents, grant.fields);
    await this.evidence.keep(id, documents);
  }

  private async onReceivable(
    from: number,
    { object, certificate, evidence }: RequestBody,
  ): Promise<DisclosedDocument[]> {
    const receivable = await this.receivables.get(object);
    const names = certificate?.account === receivable.holder && certificate.object === object;
    if (!certificate || !names || certificate.member !== from) {
      throw financingNotHolder('the certificate does not say that who asks holds the receivable', {
        receivable: object,
      });
    }
    if (await this.accounts.isPast(certificate))
      throw tryAgain('who certified the holder’s account was revoked', { receivable: object });
    await this.accounts.check(certificate);
    await this.requireWords(receivable.orders, evidence);
    return this.check.ofReceivable(receivable, evidence);
  }

  private async onOrder(from: number, { object, evidence }: RequestBody): Promise<DisclosedDocument[]> {
    const order = await this.orders.get(object);
    if (order.supplier !== from) throw financingNotHolder('an order is financed for its supplier', { order: object });
    await this.requireWords([object], evidence);
    return this.check.ofOrder(object, evidence);
  }

  /**
   * A buyer's word that counted when the request was written is no fault of its holder, whose node writes it anew with the next word as soon as
   * its own index says the same. Refuses with TRY_AGAIN.
   */
  private async requireWords(orders: readonly Hex[], { orderTags }: EvidenceBody): Promise<void> {
    const buyers = new Map((await this.orders.findMany(orders)).map(({ id, buyer }) => [id, buyer]));
    for (const tags of orderTags) {
      const buyer = buyers.get(tags.order);
      if (buyer !== undefined && (await this.tags.isPast(buyer, tags)))
        throw tryAgain('the buyer’s word on an order counts no more', { order: tags.order });
    }
  }
}
