import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import { minorUnits, type Money } from '../../kernel/money.js';
import { ENDED_ON_CHAIN } from '../storage/ended-on-chain.js';
import { principalOut } from './backing.js';
import { type Position, Positions } from './positions.js';

/** What this lender has out, or offered, on claims against one obligor. */
@Injectable()
export class Exposures {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly positions: Positions,
  ) {}

  /**
   * Within a unit: until its end no other adds to what is out on the obligor by this query's leave. What another financing takes the
   * place of counts in that one alone, as it pays it off; so does `replaced`, which the offer that is being made takes over.
   */
  async on(obligor: number, replaced?: Hex): Promise<Money[]> {
    await this.unitOfWork.manager.query(`SELECT pg_advisory_xact_lock(hashtext('financing.exposure'), $1)`, [obligor]);
    const rows = await this.unitOfWork.manager.query<{ id: Buffer }[]>(
      `SELECT f.id FROM financings f
       LEFT JOIN chain_receivables r ON r.id = f.object AND NOT f.on_order
       LEFT JOIN chain_orders o ON o.id = f.object AND f.on_order
       WHERE f.side = 'LENDER' AND f.offer IS NOT NULL AND coalesce(r.obligor, o.buyer) = $1 AND NOT ${ENDED_ON_CHAIN}`,
      [obligor],
    );
    const counted = [];
    for (const { id } of rows) {
      const position = await this.positions.get(toHex(id));
      const money = exposureOf(position);
      if (money) counted.push({ financing: position.financing, money });
    }
    const gone = new Set([replaced, ...counted.map(({ financing }) => financing.rollsOver)]);
    return counted.filter(({ financing }) => !gone.has(financing.id)).map(({ money }) => money);
  }
}

/** The advance offered, or the principal that is out; undefined for nothing. */
function exposureOf(position: Position): Money | undefined {
  const { advance } = position.financing.offer!.terms;
  if (position.status === 'OFFERED') return { ...advance };
  const out = principalOut(position);
  return out.sign > 0 ? { amount: out.toFixed(minorUnits(advance.currency)), currency: advance.currency } : undefined;
}
