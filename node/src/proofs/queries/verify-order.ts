import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import type { Verdict } from '../verify/fragment.js';
import { judgeOrder } from '../verify/judge-order.js';
import { Freshness } from './freshness.js';
import { GatherOrders } from './gather-orders.js';
import { OwnAdvance } from './own-advance.js';
import { OwnChain } from './own-chain.js';
import { ownVerdict } from './own-verdict.js';
import { SteadyIndex } from './steady.js';
import { Viewer } from './viewer.js';

/** This node's verdict on an order, as of the block that it has indexed last. */
@Injectable()
export class VerifyOrder {
  constructor(
    private readonly orders: Orders,
    private readonly gather: GatherOrders,
    private readonly chain: OwnChain,
    private readonly freshness: Freshness,
    private readonly steady: SteadyIndex,
    private readonly viewer: Viewer,
    private readonly advance: OwnAdvance,
  ) {}

  /** Throws ORDER_UNKNOWN, PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER, IMPLEMENTATION_UNKNOWN. */
  run(id: Hex): Promise<Verdict> {
    return this.steady.read(async (head) => {
      const [order] = await this.gather.tagged([await this.orders.get(id)]);
      const [proven, stale] = await Promise.all([
        this.chain.prove(head, this.gather.slots([order!])),
        this.freshness.judge(head),
      ]);
      const evidence = await this.gather.evidence(order!, proven);
      // Nothing is out, or reserved, on what the chain says that nobody has a claim on.
      const own = evidence.encumbrance.state === 'NONE' ? [] : await this.advance.judge([id]);
      const viewpoint = { now: head.timestamp, accounts: this.viewer.accountsOn([id]) };
      return ownVerdict(head, [...judgeOrder(evidence, viewpoint), ...own, ...stale]);
    });
  }
}
