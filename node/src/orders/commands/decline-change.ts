import { Injectable } from '@nestjs/common';
import { requirePendingVersion, requireRead } from '../domain/pending-change.js';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../queries/orders.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

/** One side declines a proposed change, or takes its own back. */
@Injectable()
export class DeclineChange {
  constructor(
    private readonly desk: OrderDesk,
    private readonly orders: Orders,
  ) {}

  /** Refuses with ORDER_CHANGE_MISSING unless the change to `version` awaits an answer, the very one that was `read` if its root is named. */
  async run(id: Hex, version: number, read?: Hex): Promise<OrderSubmission> {
    const { order } = await this.desk.asSide(id);
    requirePendingVersion(order, version);
    requireRead(order, (await this.orders.pendingChange(order))?.commitment, read);
    return this.desk.submit('declineChange', id, { fn: 'declineChange', args: [id] });
  }
}
