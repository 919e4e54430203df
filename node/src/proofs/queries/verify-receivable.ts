import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import type { Verdict } from '../verify/fragment.js';
import { judgeReceivable } from '../verify/judge-receivable.js';
import { Freshness } from './freshness.js';
import { GatherOrders } from './gather-orders.js';
import { GatherReceivable } from './gather-receivable.js';
import { OwnAdvance } from './own-advance.js';
import { OwnChain } from './own-chain.js';
import { ownVerdict } from './own-verdict.js';
import { SteadyIndex } from './steady.js';
import { Viewer } from './viewer.js';

/** This node's verdict on a receivable and the orders that it was born from. */
@Injectable()
export class VerifyReceivable {
  constructor(
    private readonly orders: Orders,
    private readonly gather: GatherReceivable,
    private readonly gatherOrders: GatherOrders,
    private readonly chain: OwnChain,
    private readonly freshness: Freshness,
    private readonly steady: SteadyIndex,
    private readonly viewer: Viewer,
    private readonly advance: OwnAdvance,
  ) {}

  /** Throws RECEIVABLE_UNKNOWN, PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER, IMPLEMENTATION_UNKNOWN. */
  run(id: Hex): Promise<Verdict> {
    return this.steady.read(async (head) => {
      const lineage = await this.gather.lineageOf(id);
      const { receivable } = lineage;
      const orders = await this.gatherOrders.tagged(await this.orders.findMany(receivable.orders));
      const [proven, stale] = await Promise.all([
        this.chain.prove(head, this.gather.slots(lineage, orders)),
        this.freshness.judge(head),
      ]);
      const evidence = await this.gather.evidence(lineage, orders, proven);
      const accounts = this.viewer.accountsOn([id, ...receivable.orders]);
      const own = await this.advance.judge([id, ...receivable.orders]);
      return ownVerdict(head, [...judgeReceivable(evidence, { now: head.timestamp, accounts }), ...own, ...stale]);
    });
  }
}
