import { EnvelopeHandler, type EnvelopeProcessor, Exchange, type ReceivedEnvelope } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { ChangeConsents, type Order, OrderClaims, Orders } from '../../orders/index.js';
import { changeDetails } from '../domain/consent-details.js';
import type { LenderConsent } from '../domain/signed-consent.js';
import { LineageSources } from '../queries/lineage-sources.js';
import { Receivables } from '../queries/receivables.js';
import { PartHolders } from '../storage/part-holders.js';
import { ConsentDesk } from './consent-desk.js';
import { type ChangeConsentBody, changeConsentBody } from './envelopes.js';

/**
 * Takes in a lender's consent to a change of an order. A holder that had it of its lender passes it on to the order's sides, who
 * learn no more of the lender than the chain shows.
 */
@EnvelopeHandler('order.change-consent', { body: changeConsentBody, fromSuspended: true })
export class ReceiveChangeConsent implements EnvelopeProcessor<ChangeConsentBody> {
  constructor(
    private readonly members: Members,
    private readonly orders: Orders,
    private readonly claims: OrderClaims,
    private readonly consents: ConsentDesk,
    private readonly kept: ChangeConsents,
    private readonly sources: LineageSources,
    private readonly receivables: Receivables,
    private readonly holders: PartHolders,
    private readonly exchange: Exchange,
  ) {}

  /** What was decided meanwhile needs no consent any more, and that is no fault of who sent it. */
  async handle({ from, object: id, body }: ReceivedEnvelope<ChangeConsentBody>): Promise<void> {
    const { version, root, lender } = body;
    const [order, change] = await Promise.all([this.orders.get(id), this.orders.change(id, version)]);
    if (change?.status !== 'PROPOSED' || change.commitment !== root) return;
    await this.requireConsent(id, version, root, lender);
    const { id: self } = await this.members.self();
    const sides = [order.buyer, order.supplier];
    if (sides.includes(self)) await this.kept.keep(id, root, lender);
    for (const to of await this.next(order, lender.object, from.id)) {
      if (to !== self) await this.exchange.send({ to, type: 'order.change-consent', object: id, body });
    }
  }

  /** Who hears it of this member: of a part of a split the supplier is not to learn whose it is, so its obligor passes it on. */
  private async next({ buyer, supplier }: Order, object: Hex, from: number): Promise<number[]> {
    const receivable = await this.receivables.find(object);
    const part = receivable && receivable.parent !== null ? receivable : undefined;
    if ((await this.sources.lendersOf([object])).includes(from)) return part ? [buyer] : [buyer, supplier];
    const { id: self } = await this.members.self();
    return part && self === buyer && (await this.holders.of(part)) === from ? [supplier] : [];
  }

  private async requireConsent(order: Hex, version: number, root: Hex, { object, consent }: LenderConsent) {
    const claim = (await this.claims.restingOn(order)).find((each) => each.object === object);
    if (claim?.lender !== consent.signer) {
      throw CONTRACT_PROBLEMS.ConsentWrongSigner('the signer has no claim that rests on the order', { order, object });
    }
    this.consents.require({ object, act: 'CHANGE', details: changeDetails(order, version, root) }, consent);
  }
}
