import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { type ProblemRecord, refusalToKeep } from '../../kernel/problem.js';
import { AcceptOrder } from './accept-order.js';
import { OrderDesk } from './order-desk.js';

/** Most orders of a transaction: what is refused for one of them is refused for all. */
const MOST_ORDERS = 100;

/** What became of one of many orders: on its way to the chain, or refused here. */
export interface OrderOutcome {
  readonly id: Hex;
  readonly submission: string | null;
  readonly refusal: ProblemRecord | null;
}

/** The supplier accepts many orders, a hundred a transaction. */
@Injectable()
export class AcceptOrders {
  constructor(
    private readonly accepting: AcceptOrder,
    private readonly desk: OrderDesk,
  ) {}

  /**
   * Accepts those that can be accepted, within the current unit of work; each of the others is answered with what
   * {@link AcceptOrder.run} refuses with, or what `admit` throws, unless that is 503, which is thrown. Answers in the order given.
   */
  async run(ids: readonly Hex[], admit: (id: Hex) => Promise<void>): Promise<OrderOutcome[]> {
    const outcomes = new Map<Hex, OrderOutcome>();
    const ready: Hex[] = [];
    for (const id of new Set(ids)) {
      const refusal = await this.refusalOf(id, admit);
      if (refusal) outcomes.set(id, { id, submission: null, refusal });
      else ready.push(id);
    }
    for (let at = 0; at < ready.length; at += MOST_ORDERS) {
      const some = ready.slice(at, at + MOST_ORDERS) as [Hex, ...Hex[]];
      const submission = await this.desk.submitFor('acceptOrders', some, { fn: 'acceptMany', args: [some] });
      for (const id of some) outcomes.set(id, { id, submission, refusal: null });
    }
    return ids.map((id) => outcomes.get(id)!);
  }

  private async refusalOf(id: Hex, admit: (id: Hex) => Promise<void>): Promise<ProblemRecord | undefined> {
    try {
      await this.accepting.require(id);
      await admit(id);
      return undefined;
    } catch (error) {
      return refusalToKeep(error);
    }
  }
}
