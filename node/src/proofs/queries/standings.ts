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
    const found = [...orders.values(), ...receivables.values()];
    const owners = await this.owners(await this.encumbered.encumbrancesOn([...new Set(found.flatMap(bearersOf))]));
    const bearing = (claim: Bearer): Bearing => bearingOf(bearersOf(claim).map((object) => owners.get(object)));
    const standings = new Map<Hex, ClaimStanding>();
    for (const order of orders.values()) standings.set(order.id, { ...order, kind: 'ORDER', bearing: bearing(order) });
    for (const receivable of receivables.values())
      standings.set(receivable.id, { ...receivable, kind: 'RECEIVABLE', bearing: bearing(receivable) });
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

interface Bearer {
  readonly id: Hex;
  /** Of a receivable. */
  readonly orders?: readonly Hex[];
}

/** What bears the encumbrances that reach a claim: itself and, of a receivable, the orders that it was born from. */
export const bearersOf = ({ id, orders = [] }: Bearer): Hex[] => [id, ...orders];

/** Whose a claim is by whose each of those is, if anybody's. */
export const bearingOf = (owners: readonly (Bearing | undefined)[]): Bearing =>
  owners.find((each) => each === 'OTHER') ?? owners.find((each) => each !== undefined) ?? 'NONE';
