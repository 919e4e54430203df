import { Injectable } from '@nestjs/common';
import { DocumentVault, type OrderModel, type TradeDocument } from '../../documents/index.js';
import { IndexHead } from '../../indexer/index.js';
import { Problem } from '../../kernel/problem.js';
import { Submissions } from '../../submissions/index.js';
import { isStanding } from '../domain/order-status.js';
import { orderNumberAlreadyPosted } from '../domain/problems.js';
import { saysTheSame, saysWhatItBecame } from './same-document.js';
import { OrderContents } from '../queries/order-contents.js';
import { Orders } from '../queries/orders.js';
import { type OrderPosting, OrderPostings } from '../storage/order-postings.js';

type Document = TradeDocument<OrderModel>;

/** An order that is to be posted. */
interface NumberedOrder {
  readonly document: Document;
  /** Its number, normalised. */
  readonly numberKey: string;
}

/** Keeps this buyer from posting one of its order numbers twice, which rule 2 lets finance only once. */
@Injectable()
export class OrderNumbers {
  constructor(
    private readonly postings: OrderPostings,
    private readonly orders: Orders,
    private readonly submissions: Submissions,
    private readonly vault: DocumentVault,
    private readonly contents: OrderContents,
    private readonly head: IndexHead,
  ) {}

  /**
   * Refuses with ORDER_NUMBER_ALREADY_POSTED while an earlier order of one of these numbers (normalised) still stands or
   * is on its way, with the fact whether what is in force of that one says the `same`; also when one is given twice. Until the unit of
   * work ends, others with these numbers wait.
   */
  async requireFree(orders: readonly NumberedOrder[]): Promise<void> {
    const byKey = new Map(orders.map((order) => [order.numberKey, order]));
    const twice = orders.find(({ numberKey }, i) => orders.findIndex((other) => other.numberKey === numberKey) < i);
    if (twice) {
      const { number } = twice.document.model;
      throw orderNumberAlreadyPosted(`order number ${number} is given twice`, { number });
    }
    await this.postings.lock([...byKey.keys()]);
    const postings = await this.postings.of([...byKey.keys()]);
    for (const posting of postings) {
      if (!(await this.stands(posting))) continue;
      const { document } = byKey.get(posting.numberKey)!;
      const ofNumber = postings.filter(({ numberKey }) => numberKey === posting.numberKey);
      throw await this.refusal(document, posting, ofNumber);
    }
  }

  /** Where several of the number stand, it is about the one that says the same. */
  private async refusal(document: Document, first: OrderPosting, postings: readonly OrderPosting[]): Promise<Problem> {
    const { number } = document.model;
    let [order, same] = [first.orderId, await this.isSame(document, first)];
    for (const posting of postings) {
      if (same || posting === first || !(await this.stands(posting))) continue;
      if (await this.isSame(document, posting)) [order, same] = [posting.orderId, true];
    }
    const how = same === null ? '' : same ? ' and says the same' : ' and says something else';
    return orderNumberAlreadyPosted(`order ${number} is posted already${how}; repeat=true posts it once more`, {
      ...{ number, order, same },
    });
  }

  /**
   * Whether the document says what is in force: what was posted, or became of it by the changes that were accepted. Null when
   * nothing can be compared: it was erased, or is not here, or is under a node key that is not.
   */
  private async isSame(document: Document, posting: OrderPosting): Promise<boolean | null> {
    try {
      return await this.compare(document, posting);
    } catch (error) {
      // As an answer of its own it would say that the order can be posted later, and whoever imports would wait for that.
      if (error instanceof Problem && error.lasting) return null;
      throw error;
    }
  }

  private async compare(document: Document, { orderId }: OrderPosting): Promise<boolean | null> {
    const order = await this.orders.find(orderId);
    if (order && order.version > 1) {
      const { version, commitment: root } = order;
      const changed = await this.contents.find({ order: orderId, version, root });
      return changed ? saysWhatItBecame(document.model, changed.document.model) : null;
    }
    const posted = await this.vault.load(orderId, 'ORDER', 1);
    return posted ? saysTheSame(document, posted.document) : null;
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
