import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { kindOf } from '../../fulfilment/domain/milestone-kinds.js';
import { IndexHead } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { Policies } from '../../policies/index.js';
import type { OfferTerms } from '../domain/offer.js';
import type { Advanceable } from '../queries/advanceable.js';
import { Exposures } from '../queries/exposures.js';

const DAY = 86_400;

/** What this member's rules and the consortium's say of a financing, beyond what the chain does. */
@Injectable()
export class FinancingRules {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly policies: Policies,
    private readonly exposures: Exposures,
    private readonly head: IndexHead,
  ) {}

  /** The holder's side. Refuses with POLICY_REFUSES. */
  async requireRequest(orders: readonly Hex[], currency: string): Promise<void> {
    await this.policies.requireFinancing({ currency, milestones: await this.milestones(orders) });
  }

  /**
   * The lender's side; `replaced` is the financing that the offer's takes over. Money is back when the claim pays, however soon its
   * discount is to end: its tenor is until the later of the two. Refuses with POLICY_REFUSES.
   */
  async requireOffer(
    { orders, obligor, payableOn }: Advanceable,
    { advance, repayBy }: OfferTerms,
    replaced?: Hex,
  ): Promise<void> {
    const counted = await this.policies.has('OBLIGOR_CONCENTRATION');
    const { timestamp } = this.head.current();
    await this.policies.requireFinancing({
      currency: advance.currency,
      milestones: await this.milestones(orders),
      tenorDays: Math.max(...[repayBy, payableOn ?? repayBy].map((day) => daysUntil(day, timestamp))),
      advance,
      outOnObligor: counted ? await this.exposures.on(obligor, replaced) : [],
    });
  }

  /** Kinds recorded on each order. */
  private async milestones(orders: readonly Hex[]): Promise<string[][]> {
    if (!(await this.policies.has('MINIMUM_MILESTONES'))) return [];
    const rows = await this.unitOfWork.manager.query<{ order_id: Buffer; kinds: number[] }[]>(
      `SELECT order_id, array_agg(DISTINCT kind::int4) AS kinds FROM chain_milestones WHERE order_id = ANY($1) GROUP BY order_id`,
      [orders.map(toBytes)],
    );
    const byOrder = new Map(rows.map(({ order_id, kinds }) => [toHex(order_id), kinds.map(kindOf)]));
    return orders.map((order) => byOrder.get(order) ?? []);
  }
}

/** Days that begin from a block's time to an ISO date. */
const daysUntil = (day: string, now: number): number => Math.ceil((Date.parse(`${day}T00:00:00Z`) / 1000 - now) / DAY);
