import { Injectable } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';
import { Submissions } from '../../submissions/index.js';
import { isStanding } from '../domain/order-status.js';
import { orderNumberAlreadyPosted } from '../domain/problems.js';
import { Orders } from '../queries/orders.js';
import { type OrderPosting, OrderPostings } from '../storage/order-postings.js';

/** Keeps this buyer from posting one of its order numbers twice, which rule 2 lets finance only once. */
@Injectable()
export class OrderNumbers {
  constructor(
    private readonly postings: OrderPostings,
    private readonly orders: Orders,
    private readonly submissions: Submissions,
    private readonly head: IndexHead,
  ) {}

  /**
   * Refuses with ORDER_NUMBER_ALREADY_POSTED while an earlier order of one of these numbers (normalised) still stands or
   * is on its way; also when one is given twice. Until the unit of work ends, others with these numbers wait.
   */
  async requireFree(numbers: readonly { readonly key: string; readonly number: string }[]): Promise<void> {
    const byKey = new Map(numbers.map(({ key, number }) => [key, number]));
    const twice = numbers.find(({ key }, i) => numbers.findIndex((other) => other.key === key) < i);
    if (twice) throw orderNumberAlreadyPosted(`order number ${twice.number} is given twice`, { number: twice.number });
    await this.postings.lock([...byKey.keys()]);
    for (const posting of await this.postings.of([...byKey.keys()])) {
      if (!(await this.stands(posting))) continue;
      const number = byKey.get(posting.numberKey);
      throw orderNumberAlreadyPosted(`order ${number} is posted already; repeat=true posts it once more`, {
        number,
        order: posting.orderId,
      });
    }
  }

  private async stands({ orderId, submission }: OrderPosting): Promise<boolean> {
    // Before the order: by a clock that went on meanwhile an offer would have lapsed that was accepted in time.
    const { timestamp } = this.head.current();
    const order = await this.orders.find(orderId);
    if (order) return isStanding(order, timestamp);
    const { status } = await this.submissions.get(submission);
    return status !== 'REFUSED' && status !== 'REVERTED';
  }
}
