import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

/** The buyer takes back what it posted and nobody has answered. */
@Injectable()
export class WithdrawOrder {
  constructor(private readonly desk: OrderDesk) {}

  async run(id: Hex): Promise<OrderSubmission> {
    await this.desk.begin(id, 'withdraw');
    return this.desk.submit('withdrawOrder', id, { fn: 'withdraw', args: [id] });
  }
}
