import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { Problem } from '../../kernel/problem.js';
import { OrderStandings } from '../../orders/index.js';
import { ReceivableStandings } from '../../receivables/index.js';
import type { ReadItem } from '../domain/read-items.js';

/** What items of evidence are of. */
@Injectable()
export class EvidenceSubjects {
  constructor(
    private readonly orders: OrderStandings,
    private readonly receivables: ReceivableStandings,
  ) {}

  /** Orders and receivables among the items' that are not there as far as this node has indexed, each with why. */
  async unknown(items: readonly ReadItem[]): Promise<Map<Hex, Problem>> {
    const idsOf = (kind: ReadItem['of']) => [
      ...new Set(items.flatMap(({ of, object }) => (of === kind && object ? [object] : []))),
    ];
    const [orders, receivables] = [idsOf('order'), idsOf('receivable')];
    const unknown = new Map<Hex, Problem>();
    const known = orders.length > 0 ? await this.orders.of(orders) : new Map();
    for (const order of orders) {
      if (!known.has(order)) unknown.set(order, CONTRACT_PROBLEMS.OrderUnknown('no order has this id', { order }));
    }
    const claims = receivables.length > 0 ? await this.receivables.of(receivables) : new Map();
    for (const receivable of receivables) {
      if (claims.has(receivable)) continue;
      unknown.set(receivable, CONTRACT_PROBLEMS.ReceivableUnknown('no receivable has this id', { receivable }));
    }
    return unknown;
  }
}
