import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderClaims, Orders } from '../../orders/index.js';
import { type Encumbrance, Receivables, SignedTags, TagStore } from '../../receivables/index.js';

const TWICE = 'the buyer’s purchase order was posted twice, and financed as the other';

/** Refuses early what the chain would refuse because a lender has a claim already (rule 1), or has financed the same purchase order under another id (rule 2). */
@Injectable()
export class EncumbranceGuard {
  constructor(
    private readonly receivables: Receivables,
    private readonly claims: OrderClaims,
    private readonly orders: Orders,
    private readonly signed: SignedTags,
    private readonly tags: TagStore,
  ) {}

  /**
   * Throws RECEIVABLE_ALREADY_ENCUMBERED, ORDER_ALREADY_ENCUMBERED or ORDER_DESCENDANTS_ENCUMBERED; claims on orders
   * that `yields` says have their lender's consent are let through. Returns those, in the orders' order.
   */
  async requireFree(
    object: Hex,
    onOrder: boolean,
    orders: readonly Hex[],
    yields: (claim: Encumbrance) => boolean,
  ): Promise<Encumbrance[]> {
    const running = await this.receivables.encumbrancesOn([object, ...orders]);
    const own = running.find((claim) => claim.object === object);
    if (own) throw onOrder ? orderEncumbered(own) : receivableEncumbered(own);
    if (onOrder) await this.requireNoDescendants(object);
    return yielding(orders, running, yields);
  }

  /** Throws ORDER_ALREADY_ENCUMBERED; claims on orders that `yields` lets through it returns, in the orders' order. */
  async requireAbove(orders: readonly Hex[], yields: (claim: Encumbrance) => boolean): Promise<Encumbrance[]> {
    return yielding(orders, await this.receivables.encumbrancesOn(orders), yields);
  }

  /** Throws ORDER_TAG_TAKEN when the chain has a tag of one of these orders, of those that are here, for another order. */
  async requireOwnTags(ids: readonly Hex[]): Promise<void> {
    const known = await this.signed.known(ids);
    for (const { id, buyer } of await this.orders.findMany([...known.keys()])) {
      const own = known.get(id)!.tags.map(({ tag }) => tag);
      const other = (await this.tags.ordersWith(buyer, own)).find((order) => order !== id);
      if (other) throw CONTRACT_PROBLEMS.OrderTagTaken(TWICE, { buyer, order: other, postedAgain: id });
    }
  }

  private async requireNoDescendants(id: Hex): Promise<void> {
    // What the order itself counts may have lapsed, of which nobody has told the chain.
    const running = (await this.claims.restingOn(id)).filter(({ object, state }) => object !== id && state !== 'NONE');
    if (running.length === 0) return;
    throw CONTRACT_PROBLEMS.OrderDescendantsEncumbered('a receivable born from the order is encumbered', {
      order: id,
      encumbered: running.length,
    });
  }
}

function yielding(
  orders: readonly Hex[],
  running: readonly Encumbrance[],
  yields: (claim: Encumbrance) => boolean,
): Encumbrance[] {
  const above = orders.flatMap((order) => running.filter((claim) => claim.object === order));
  const foreign = above.find((claim) => !yields(claim));
  if (foreign) throw orderEncumbered(foreign);
  return above;
}

function receivableEncumbered({ object, state }: Encumbrance) {
  const facts = { receivable: object, state };
  return CONTRACT_PROBLEMS.ReceivableAlreadyEncumbered(`the receivable is ${state} to a lender`, facts);
}

function orderEncumbered({ object, state }: Encumbrance) {
  const detail = `the order is ${state} to a lender, whose claim reaches each receivable born from it`;
  return CONTRACT_PROBLEMS.OrderAlreadyEncumbered(detail, { order: object, state });
}
