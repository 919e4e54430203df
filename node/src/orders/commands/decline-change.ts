import { Injectable } from '@nestjs/common';
import { requirePendingVersion } from '../domain/pending-change.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

/** One side declines a proposed change, or takes its own back. */
@Injectable()
export class DeclineChange {
  constructor(private readonly desk: OrderDesk) {}

  /** Refuses with ORDER_CHANGE_MISSING unless the change to `version` awaits an answer. */
  async run(id: Hex, version: number): Promise<OrderSubmission> {
    const { order } = await this.desk.answer(id);
    requirePendingVersion(order, version);
    return this.desk.submit('declineChange', id, { fn: 'declineChange', args: [id] });
  }
}
