import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { type Order, Orders } from '../../orders/index.js';
import type { OrderTags } from '../../receivables/domain/tags.js';
import { Receivables, SignedTags, TagChecks } from '../../receivables/index.js';
import type { Financing } from '../domain/financing.js';

/** How long (ms) an answer is waited for before a buyer is asked again: its operator may have put the request aside. */
const PATIENCE_MS = 86_400_000;

interface Tagged {
  readonly order: Order;
  readonly tags: OrderTags | undefined;
  /** How many are owed: one for each of the buyer's tag keys. */
  readonly owed: number;
}

/** Buyers' tags of the orders behind a claim, and how they are asked for: a lender judges no claim by fewer than a buyer has tag keys. */
@Injectable()
export class AwaitedTags {
  /** By order, for how many tags its buyer was asked by {@link lack} and when, the latest last. Not kept: a start asks once more. */
  private readonly asked = new Map<Hex, { readonly owed: number; readonly at: number }>();

  constructor(
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly members: Members,
    private readonly tags: SignedTags,
    private readonly checks: TagChecks,
    private readonly exchange: Exchange,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Orders of which the buyer's tags are not here, lack one of its tag keys, or were signed by an operator that was revoked since. */
  async untagged(financing: Financing): Promise<Order[]> {
    const missing = await Promise.all(
      (await this.taggedOf(financing)).map(async ({ order, tags, owed }) =>
        tags?.tags.length === owed && (await this.checks.stands(order.buyer, tags)) ? [] : [order],
      ),
    );
    return missing.flat();
  }

  /**
   * Whether tags are not here, or lack a tag key that a buyer has registered since its lender took in the request; a word that the lender
   * took in then counts to it whoever is revoked. Asks these buyers, once a day: the letter waits for who is down, and so does the answer.
   */
  async lack(financing: Financing): Promise<boolean> {
    const lacking = (await this.taggedOf(financing)).filter(({ tags, owed }) => tags?.tags.length !== owed);
    const at = Date.now();
    this.forget(at - PATIENCE_MS);
    const unasked = lacking.filter(({ order, owed }) => this.asked.get(order.id)?.owed !== owed);
    if (unasked.length > 0) {
      await this.ask(unasked.map(({ order }) => order));
      this.unitOfWork.afterCommit(() => unasked.forEach(({ order, owed }) => this.note(order.id, { owed, at })));
    }
    return lacking.length > 0;
  }

  private note(order: Hex, asked: { readonly owed: number; readonly at: number }): void {
    this.asked.delete(order);
    this.asked.set(order, asked);
  }

  /** Who was asked until then, so that they are asked again, and the notes do not grow for ever. */
  private forget(until: number): void {
    for (const [order, { at }] of this.asked) {
      if (at > until) return;
      this.asked.delete(order);
    }
  }

  async ask(orders: readonly Order[]): Promise<void> {
    for (const { id: object, buyer: to } of orders) {
      await this.exchange.send({ to, type: 'order.tag-request', object, body: {} });
    }
  }

  private async taggedOf({ object, onOrder }: Financing): Promise<Tagged[]> {
    const ids = onOrder ? [object] : (await this.receivables.get(object)).orders;
    return Promise.all(
      (await this.orders.findMany(ids)).map(async (order) => {
        const [tags] = (await this.tags.orderTags([order.id])) ?? [];
        return { order, tags, owed: (await this.members.keysOf(order.buyer, 'TAG')).length };
      }),
    );
  }
}
