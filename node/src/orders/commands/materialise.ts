import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import { statusInBatch } from '../domain/batch-answer.js';
import type { OrderStatus } from '../domain/order-status.js';
import { requireParty } from '../domain/require-act.js';
import { type BatchedOrder, BatchedOrders, type ProvenOrder } from '../queries/batched-orders.js';
import { Orders } from '../queries/orders.js';

/** What a buyer alone can have made of an order that was accepted in its batch, by posting it once more. */
const UNDONE: readonly OrderStatus[] = ['POSTED', 'WITHDRAWN', 'EXPIRED'];

/** Makes orders of batches objects of their own on chain, which anything that happens to them asks for first. */
@Injectable()
export class Materialise {
  constructor(
    private readonly batched: BatchedOrders,
    private readonly orders: Orders,
    private readonly members: Members,
    private readonly submissions: Submissions,
    private readonly keyring: Keyring,
  ) {}

  /**
   * Sends those of the orders that are no objects yet ahead of whatever the current unit of work submits next for the
   * operator's account. That the other side was faster does no harm: this one is then refused alone.
   */
  async ensure(...ids: readonly Hex[]): Promise<void> {
    const open = (await this.batched.find(ids)).filter((order) => statusOf(order) !== 'REJECTED');
    for (const order of await this.batched.prove(open)) await this.submit(order);
  }

  /**
   * The same at somebody's wish; also where its buyer has posted an accepted order again and let it lapse or withdrawn
   * it: this puts it right. Refuses with ORDER_UNKNOWN, ORDER_UNAUTHORIZED, ORDER_ALREADY_POSTED, ORDER_NOT_ACCEPTED_IN_BATCH.
   */
  async run(id: Hex): Promise<{ id: Hex; submission: string }> {
    const known = await this.orders.get(id);
    requireParty(known, (await this.members.self()).id, ['BUYER', 'SUPPLIER']);
    const [unmade] = await this.batched.find([id]);
    const [order] = unmade ? [unmade] : await this.batched.find([id], { all: true });
    const undone = order && statusOf(order) === 'ACCEPTED' && UNDONE.includes(known.status);
    if (!order || (!unmade && !undone)) {
      throw CONTRACT_PROBLEMS.OrderAlreadyPosted('the order is an object of its own', { order: id });
    }
    if (statusOf(order) === 'REJECTED') {
      const { root, index } = order;
      const facts = { order: id, root, index };
      throw CONTRACT_PROBLEMS.OrderNotAcceptedInBatch('the answer to its batch rejected the order', facts);
    }
    const [proven] = await this.batched.prove([order]);
    return { id, submission: await this.submit(proven!) };
  }

  private async submit({ id, buyer, index, expiry, commitment, tag, root, proof, answer }: ProvenOrder) {
    const { id: submission } = await this.submissions.submit({
      act: 'materialiseOrder',
      call: {
        contract: 'OrderRegistry',
        fn: 'materialise',
        args: [{ buyer, index, expiry, commitment, tag }, root, [...proof], answer?.bitmap ?? '0x'],
      },
      account: this.keyring.operator.address,
      subject: { type: 'order', id },
    });
    return submission;
  }
}

const statusOf = (order: BatchedOrder) => statusInBatch(order, order.answer);
