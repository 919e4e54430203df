import { Injectable } from '@nestjs/common';
import { requireProposed } from '../domain/proposals.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

/** One side takes back its wish to cancel or to complete. */
@Injectable()
export class RetractProposals {
  constructor(private readonly desk: OrderDesk) {}

  /** Refuses with ORDER_NOTHING_PROPOSED when it has none open. */
  async run(id: Hex): Promise<OrderSubmission> {
    const { order, self } = await this.desk.asSide(id);
    requireProposed(order, self.id);
    return this.desk.submit('retractProposals', id, { fn: 'retract', args: [id] });
  }
}
