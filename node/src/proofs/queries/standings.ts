import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { OrderStandings } from '../../orders/index.js';
import { type Encumbrance, Receivables, ReceivableStandings } from '../../receivables/index.js';
import type { Bearing, ClaimStanding } from './portfolio-findings.js';
import { Viewer } from './viewer.js';

/** So many one-time accounts are derived before other requests have their turn. */
const ACCOUNTS_A_TURN = 200;

/** How thousands of orders and receivables stand, and whose they are encumbered to, as of the indexed head. */
@Injectable()
export class Standings {
  constructor(
    private readonly orders: OrderStandings,
    private readonly receivables: ReceivableStandings,
    private readonly encumbered: Receivables,
    private readonly viewer: Viewer,
  ) {}

  /** Those that are there, by id. */
  async of(ids: readonly Hex[]): Promise<Map<Hex, ClaimStanding>> {
    const orders = await this.orders.of(ids);
    const receivables = await this.receivables.of(ids.filter((id) => !orders.has(id)));
    const lineage = new Set<Hex>(orders.keys());
    for (const receivable of receivables.values())
      for (const id of [receivable.id, ...receivable.orders]) lineage.add(id);
    const owners = await this.owners(await this.encumbered.encumbrancesOn([...lineage]));
    const bearing = (objects: readonly Hex[]): Bearing => {
      const borne = objects.flatMap((object) => owners.get(object) ?? []);
      return borne.find((each) => each === 'OTHER') ?? borne[0] ?? 'NONE';
    };
    const standings = new Map<Hex, ClaimStanding>();
    for (const order of orders.values())
      standings.set(order.id, { ...order, kind: 'ORDER', bearing: bearing([order.id]) });
    for (const receivable of receivables.values()) {
      const objects = [receivable.id, ...receivable.orders];
      standings.set(receivable.id, { ...receivable, kind: 'RECEIVABLE', bearing: bearing(objects) });
    }
    return standings;
  }

  /** Lenders go by one-time accounts, so each is compared with what this member's would be. */
  private async owners(encumbrances: readonly Encumbrance[]): Promise<Map<Hex, Bearing>> {
    const owners = new Map<Hex, Bearing>();
    for (const [i, { object, lender }] of encumbrances.entries()) {
      if (i % ACCOUNTS_A_TURN === ACCOUNTS_A_TURN - 1) await setImmediate();
      owners.set(object, this.viewer.accountsOn([object]).has(lender) ? 'OWN' : 'OTHER');
    }
    return owners;
  }
}
