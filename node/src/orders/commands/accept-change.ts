import { Injectable } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { LenderConsent } from '../../receivables/domain/signed-consent.js';
import { requireConsents } from '../domain/change-consents.js';
import { requirePendingVersion, requireRead } from '../domain/pending-change.js';
import { orderDocumentMissing } from '../domain/problems.js';
import { requireNotProposed } from '../domain/proposals.js';
import { OrderContents } from '../queries/order-contents.js';
import { Orders } from '../queries/orders.js';
import { ChangeConsents } from '../storage/change-consents.js';
import { ClearLapsed } from './clear-lapsed.js';
import { FrameworkDesk } from './framework-desk.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

/** One side accepts the version that the other proposed. */
@Injectable()
export class AcceptChange {
  constructor(
    private readonly desk: OrderDesk,
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly frameworks: FrameworkDesk,
    private readonly lapsed: ClearLapsed,
    private readonly consents: ChangeConsents,
    private readonly head: IndexHead,
  ) {}

  /**
   * Refuses with ORDER_CHANGE_MISSING unless the change to `version` awaits an answer, the very one that was `read` if its root is named, ORDER_ALREADY_PROPOSED to who
   * proposed it, ORDER_DOCUMENT_MISSING while the document behind it is not here, FRAMEWORK_EXCEEDED, FRAMEWORK_MISMATCH,
   * FRAMEWORK_BELOW_CALLED_OFF, and with what {@link requireConsents} refuses. Lenders’ consents that came by envelope are here; `given` come before them.
   */
  async run(id: Hex, version: number, given: readonly LenderConsent[], read?: Hex): Promise<OrderSubmission> {
    const { order, self } = await this.desk.asSide(id);
    requirePendingVersion(order, version);
    const change = await this.orders.change(id, version);
    if (!change) throw CONTRACT_PROBLEMS.OrderChangeMissing('no such change is known', { order: id, version });
    requireRead(order, change.commitment, read);
    requireNotProposed(order, change.proposed_by, self.id);
    const next = await this.contents.find({ order: id, version, root: change.commitment });
    if (!next) throw orderDocumentMissing(`this node has no document of version ${version}`, { order: id, version });
    if (order.type === 'FRAMEWORK') await this.frameworks.requireKept(id, next.document.model);
    if (order.framework) await this.frameworks.requireAllowed(order.framework, next.document.model, { except: id });
    const consents = await this.consentsTo(id, change.commitment, given);
    return this.desk.submit('acceptChange', id, {
      fn: 'acceptChange',
      args: [id, version, change.commitment, consents],
    });
  }

  private async consentsTo(id: Hex, root: Hex, given: readonly LenderConsent[]): Promise<LenderConsent[]> {
    const [claims, kept] = await Promise.all([this.lapsed.ensure(id), this.consents.of(id, root)]);
    // A claim may have ended since its lender consented; what a caller names itself has to fit.
    const still = kept.filter(({ object }) => claims.some((claim) => claim.object === object));
    return requireConsents(id, claims, [...still, ...given], this.head.current().timestamp);
  }
}
