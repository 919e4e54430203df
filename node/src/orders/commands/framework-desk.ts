import { Injectable } from '@nestjs/common';
import type { OrderModel } from '../../documents/index.js';
import { tryAgain } from '../../errors/index.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { requireAllowed, requireKept } from '../domain/allowance.js';
import { requireBegun, requireCallable, requireContract } from '../domain/framework.js';
import type { Order } from '../domain/order.js';
import { frameworkPostedAlone } from '../domain/problems.js';
import { CallOffs } from '../queries/call-offs.js';
import { OrderContents } from '../queries/order-contents.js';
import { Orders } from '../queries/orders.js';
import { Frameworks } from '../storage/frameworks.js';
import type { OrderDraft } from './post-orders.js';

/** Which of a framework's call-offs are weighed beside the one that is asked about: all of them, unless otherwise said. */
export interface Beside {
  /** Not this one, whose next version it is. */
  readonly except?: Hex;
  /** Only those posted before this one: what was posted first is served first. */
  readonly before?: Order;
}

/** What a framework contract lets be called off. */
@Injectable()
export class FrameworkDesk {
  constructor(
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly callOffs: CallOffs,
    private readonly frameworks: Frameworks,
    private readonly members: Members,
    private readonly head: IndexHead,
  ) {}

  /** The framework, if this member can call off it now. Throws ORDER_UNKNOWN and what {@link requireCallable} throws. */
  async callable(id: Hex): Promise<Order> {
    const [framework, { id: buyer }] = await Promise.all([this.orders.get(id), this.members.self()]);
    requireCallable(framework, buyer, this.head.current().timestamp);
    return framework;
  }

  /** Frameworks of this member as buyer that documents with these contract numbers mean, if they can be called off now. */
  async named(supplier: number, contracts: readonly (string | undefined)[]): Promise<Hex[]> {
    const numbers = contracts.filter((number) => number !== undefined);
    if (numbers.length === 0) return [];
    const { id: buyer } = await this.members.self();
    return this.frameworks.callable({ buyer, supplier }, numbers, this.head.current().timestamp);
  }

  /**
   * Refuses with FRAMEWORK_POSTED_ALONE orders of which some name the number of a framework contract that they would call off: the fact
   * `items` says which, by their places.
   */
  async requireUnnamed(drafts: readonly Omit<OrderDraft, 'framing'>[]): Promise<void> {
    const items: number[] = [];
    const found: Hex[] = [];
    for (const [supplier, own] of Map.groupBy(drafts.entries(), ([, draft]) => draft.supplier)) {
      const byContract = Map.groupBy(own, ([, { document }]) => document.model.contract);
      // Mostly none, which one look tells.
      if ((await this.named(supplier, [...byContract.keys()])).length === 0) continue;
      for (const [contract, naming] of byContract) {
        const [framework] = await this.named(supplier, [contract]);
        if (framework) found.push(framework);
        if (framework) items.push(...naming.map(([place]) => place));
      }
    }
    const [framework] = found;
    if (!framework) return;
    const facts = { framework, items: items.sort((a, b) => a - b) };
    throw frameworkPostedAlone('orders name framework contracts in force', facts);
  }

  /**
   * Refuses with FRAMEWORK_EXCEEDED, and by how much, an order beyond what its framework contract allows after those that stand, each
   * counted as this member has proposed to change it if that is more; with FRAMEWORK_NOT_BEGUN one that comes before its term; with
   * FRAMEWORK_MISMATCH, CURRENCY_MISMATCH one that does not fit; with ORDER_DOCUMENT_MISSING while a document that counts is not here;
   * with TRY_AGAIN while this member's word to a change of it, or of another call-off, is on its way. Until the unit of work ends,
   * others who ask about this framework wait.
   */
  async requireAllowed(id: Hex, next: OrderModel, { except, before }: Beside = {}): Promise<void> {
    await this.frameworks.lock(id);
    await this.requireUnchanging(id, except);
    const [contract, { id: self }] = await Promise.all([this.orders.get(id), this.members.self()]);
    const framework = (await this.contents.require(contract)).document.model;
    requireBegun(framework, this.head.current().timestamp);
    requireContract(framework, next);
    const standing = await this.callOffs.standing(id, { except, before, proposedBy: self });
    for (const version of [framework, ...(await this.proposed(contract, self))])
      requireAllowed(version, standing, next);
  }

  /**
   * Refuses with FRAMEWORK_BELOW_CALLED_OFF, and by how much, a version of a framework contract that allows less than what is called off,
   * counted as above; with CURRENCY_MISMATCH, ORDER_DOCUMENT_MISSING, TRY_AGAIN as above. Until the unit of work ends, others who ask about this
   * framework wait.
   */
  async requireKept(id: Hex, next: OrderModel): Promise<void> {
    await this.frameworks.lock(id);
    await this.requireUnchanging(id, id);
    const [contract, { id: proposedBy }] = await Promise.all([this.orders.get(id), this.members.self()]);
    const { document } = await this.contents.require(contract);
    requireKept(document.model, next, await this.callOffs.standing(id, { proposedBy }));
  }

  private async requireUnchanging(id: Hex, except?: Hex): Promise<void> {
    const [changing] = await this.callOffs.changing(id, except);
    if (!changing) return;
    const facts = { order: changing, retryAfterSeconds: 1 };
    throw tryAgain('the contract, or what another order calls off, is about to change', facts);
  }

  /** What the contract says if the other side accepts what this member has proposed. */
  private async proposed(contract: Order, self: number): Promise<OrderModel[]> {
    const change = await this.orders.pendingChange(contract);
    return change?.proposed_by === self ? [(await this.contents.pending(contract)).document.model] : [];
  }
}
