import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { CallOffs, type Order, Orders } from '../../orders/index.js';
import { type Receivable, Receivables } from '../../receivables/index.js';
import { erasureStillNeeded } from '../domain/problems.js';

const ORDER_ENDS = ['REJECTED', 'WITHDRAWN', 'EXPIRED', 'CANCELLED', 'COMPLETED'];
/** SPLIT ends a claim as soon as its parts have ended, which are claims by its documents. */
const RECEIVABLE_ENDS = ['SETTLED', 'VOID', 'WRITTEN_OFF', 'SPLIT'];

/**
 * Whether documents are needed still: by the order or receivable itself, a claim born of it or that competes with it for goods, a lender's
 * claim on one of these, or the framework contract.
 */
@Injectable()
export class StillNeeded {
  constructor(
    private readonly orders: Orders,
    private readonly callOffs: CallOffs,
    private readonly receivables: Receivables,
  ) {}

  /** Refuses with ERASURE_STILL_NEEDED, naming what needs them. */
  async refuse({ object, onOrder }: { object: Hex; onOrder: boolean }): Promise<void> {
    if (onOrder) await this.refuseOrder(await this.orders.get(object));
    else await this.refuseReceivable(await this.receivables.get(object));
  }

  private async refuseOrder(order: Order): Promise<void> {
    const { id, type, framework } = order;
    requireEnded('order', order);
    await this.requireUncounted(type === 'FRAMEWORK' ? id : framework);
    const born = await this.receivables.bornFrom([id]);
    born.forEach((each) => requireEnded('receivable', each));
    // Who weighs a claim on an order needs the documents of all orders of the claims that compete with it.
    const billed = born.filter(({ status }) => status !== 'VOID').flatMap(({ orders }) => orders);
    await this.requireIdle([id, ...billed], born);
  }

  private async refuseReceivable(receivable: Receivable): Promise<void> {
    requireEnded('receivable', receivable);
    // A void claim takes no goods from any other; a part takes none of its own, and what it is split into stands on it alone.
    const whole = receivable.parent === null && receivable.status !== 'VOID';
    await this.requireIdle(whole ? receivable.orders : [], await this.withParts(receivable));
  }

  /** What an order takes of its framework contract is weighed as long as anything can be called off or changed. */
  private async requireUncounted(framework: Hex | null): Promise<void> {
    const running = framework && (await this.callOffs.running(framework));
    if (running) throw erasureStillNeeded('it counts for a framework contract that goes on', { order: running });
  }

  /** That nothing can be claimed any more on these orders, nor rests on them or on these claims. */
  private async requireIdle(orders: readonly Hex[], claims: readonly Receivable[]): Promise<void> {
    const ids = [...new Set(orders)];
    (await this.orders.findMany(ids)).forEach((order) => requireEnded('order', order));
    const all = [...claims, ...(ids.length > 0 ? await this.receivables.bornFrom(ids) : [])];
    all.forEach((receivable) => requireEnded('receivable', receivable));
    const [running] = await this.receivables.encumbrancesOn([...new Set([...ids, ...all.map(({ id }) => id)])]);
    if (running) throw erasureStillNeeded('a lender has a claim on it', { object: running.object });
  }

  private async withParts(receivable: Receivable): Promise<Receivable[]> {
    const parts = await this.receivables.partsOf(receivable.id);
    return [receivable, ...(await Promise.all(parts.map((part) => this.withParts(part)))).flat()];
  }
}

function requireEnded(kind: 'order' | 'receivable', { id, status }: Pick<Order | Receivable, 'id' | 'status'>): void {
  if ((kind === 'order' ? ORDER_ENDS : RECEIVABLE_ENDS).includes(status)) return;
  throw erasureStillNeeded(`${kind === 'order' ? 'an order' : 'a receivable'} is ${status}`, { [kind]: id, status });
}
