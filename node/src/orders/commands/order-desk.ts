import { Injectable } from '@nestjs/common';
import { type ContractCall, Keyring } from '../../chain/index.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { type Member, Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import type { OrderAct } from '../domain/order-acts.js';
import type { Order } from '../domain/order.js';
import { requireAct, requireParty } from '../domain/require-act.js';
import { Orders } from '../queries/orders.js';
import { Materialise } from './materialise.js';

/** An order on which this member acts. */
export interface Acting {
  readonly order: Order;
  readonly self: Member;
}

/** What a command answers: the order and the transaction that will change it. */
export interface OrderSubmission {
  readonly id: Hex;
  readonly submission: string;
}

type CallOf<C> = C extends { contract: 'OrderRegistry'; fn: infer F; args: infer A } ? { fn: F; args: A } : never;
/** A function of the order registry with its arguments. */
export type OrderCall = CallOf<ContractCall>;

/** What all acts on an order share: the early refusal and the transaction. */
@Injectable()
export class OrderDesk {
  constructor(
    private readonly orders: Orders,
    private readonly members: Members,
    private readonly submissions: Submissions,
    private readonly materialise: Materialise,
    private readonly keyring: Keyring,
    private readonly head: IndexHead,
  ) {}

  /** The order, if this member may do the act to it as it is now. Throws ORDER_UNKNOWN and what {@link requireAct} throws. */
  async begin(id: Hex, act: OrderAct): Promise<Acting> {
    const [order, self] = await Promise.all([this.orders.get(id), this.members.self()]);
    requireAct(order, act, self.id, this.head.current().timestamp);
    return { order, self };
  }

  /** The order, if this member is one of its sides. Throws ORDER_UNKNOWN, ORDER_UNAUTHORIZED. */
  async asSide(id: Hex): Promise<Acting> {
    const [order, self] = await Promise.all([this.orders.get(id), this.members.self()]);
    requireParty(order, self.id, ['BUYER', 'SUPPLIER']);
    return { order, self };
  }

  /** Puts the act's transaction into the outbox, behind the one that an order of a batch needs first, within the current unit of work. */
  async submit(act: string, id: Hex, call: OrderCall): Promise<OrderSubmission> {
    return { id, submission: await this.submitFor(act, [id], call) };
  }

  /** The same for an act on many orders in one transaction; returns its submission. */
  async submitFor(act: string, ids: readonly [Hex, ...Hex[]], { fn, args }: OrderCall): Promise<string> {
    await this.materialise.ensure(...ids);
    const { id: submission } = await this.submissions.submit({
      act,
      // The compiler does not see that a name and its arguments stay together.
      call: { contract: 'OrderRegistry', fn, args } as ContractCall,
      account: this.keyring.operator.address,
      subject: { type: 'order', id: ids[0] },
    });
    return submission;
  }
}
