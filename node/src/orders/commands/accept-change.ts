import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { requirePendingVersion } from '../domain/pending-change.js';
import { orderDocumentMissing } from '../domain/problems.js';
import { requireNotProposed } from '../domain/proposals.js';
import { OrderContents } from '../queries/order-contents.js';
import { Orders } from '../queries/orders.js';
import { FrameworkDesk } from './framework-desk.js';
import { OrderDesk, type OrderCall, type OrderSubmission } from './order-desk.js';

/** Consents of the lenders whose claims rest on the order, as the contract takes them. */
export type LenderConsents = Extract<OrderCall, { fn: 'acceptChange' }>['args'][3];

/** One side accepts the version that the other proposed. */
@Injectable()
export class AcceptChange {
  constructor(
    private readonly desk: OrderDesk,
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly frameworks: FrameworkDesk,
  ) {}

  /**
   * Refuses with ORDER_CHANGE_MISSING unless the change to `version` awaits an answer, ORDER_ALREADY_PROPOSED to who
   * proposed it, ORDER_DOCUMENT_MISSING while the document behind it is not here, FRAMEWORK_EXCEEDED, FRAMEWORK_MISMATCH.
   */
  async run(id: Hex, version: number, consents: LenderConsents): Promise<OrderSubmission> {
    const { order, self } = await this.desk.answer(id);
    requirePendingVersion(order, version);
    const change = await this.orders.change(id, version);
    if (!change) throw CONTRACT_PROBLEMS.OrderChangeMissing('no such change is known', { order: id, version });
    requireNotProposed(order, change.proposed_by, self.id);
    const next = await this.contents.byRoot(change.commitment);
    if (!next) throw orderDocumentMissing(`this node has no document of version ${version}`, { order: id, version });
    if (order.framework) await this.frameworks.requireAllowed(order.framework, next.document.model, { except: id });
    return this.desk.submit('acceptChange', id, {
      fn: 'acceptChange',
      args: [id, version, change.commitment, consents],
    });
  }
}
