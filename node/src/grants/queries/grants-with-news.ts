import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import { inForce } from '../storage/grant.store.js';
import { rootsOfOrder, rootsOfReceivable } from './subjects.js';

/** A grant by what has to be asked before anything is shown under it. */
export interface GrantWithNews {
  readonly id: Hex;
  readonly maker: number;
  readonly grantee: number;
}

interface Row {
  readonly id: Buffer;
  readonly maker: string;
  readonly grantee: string;
}

const unsent = (roots: string) => `EXISTS (SELECT FROM (${roots}) AS document
  WHERE NOT EXISTS (SELECT FROM granted_out o WHERE o.grant_id = g.id AND o.root = document.root))`;

const WITH_NEWS = `SELECT g.id, g.maker, g.grantee FROM grants g
  WHERE g.side = 'MAKER' AND g.financing IS NULL AND g.revocation IS NULL AND ${inForce('$1::int8')}
    AND CASE WHEN g.on_order THEN ${unsent(rootsOfOrder('g.object'))} ELSE ${unsent(rootsOfReceivable('g.object'))} END
  ORDER BY g.id`;

/** Which grants there is something to do about: of thousands that stand, mostly none. */
@Injectable()
export class GrantsWithNews {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Grants that this member made, has not begun to take back, that are in force at block time `now`, and whose object has documents on chain that
   * the grantee was not sent. Those of financings are shown by the financing.
   */
  async at(now: number): Promise<GrantWithNews[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(WITH_NEWS, [now]);
    return rows.map(({ id, maker, grantee }) => ({ id: toHex(id), maker: Number(maker), grantee: Number(grantee) }));
  }
}
