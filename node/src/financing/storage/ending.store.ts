import { Injectable } from '@nestjs/common';
import { statement, UnitOfWork } from '../../database/index.js';
import { objectsAbove } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { ENDED_ON_CHAIN } from './ended-on-chain.js';
import { LINEAGE } from './lineage.js';

/** Those of this holder whose grants have not ended. */
const OPEN = `f.side = 'HOLDER' AND f.may_end_at IS NOT NULL`;

const ENDED = statement(`
  WITH asked AS (SELECT unnest($1::bytea[]) AS object), ${LINEAGE}
  SELECT f.id FROM financings f
  WHERE ${OPEN} AND f.object = ANY(ARRAY(SELECT object FROM lineage)) AND ${ENDED_ON_CHAIN}`);

/** Which financings of this holder may be over, by index: of those that run on, however many they are, none is read. */
@Injectable()
export class EndingStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Those that may be over at block time `now` (seconds) without a word on chain, and all that either side said something of since they were last looked at. */
  due(now: number): Promise<Hex[]> {
    return this.select(`SELECT f.id FROM financings f WHERE ${OPEN} AND f.may_end_at <= $1`, now);
  }

  /** Those that a word on chain ended above this block; below 0, and where there are many words, all that are over, by whatever word. */
  async endedAbove(block: number): Promise<Hex[]> {
    const objects = block < 0 ? undefined : await objectsAbove(this.unitOfWork.manager, block);
    const over = `(${ENDED_ON_CHAIN} OR f.status IN ('DECLINED', 'WITHDRAWN'))`;
    if (!objects) return this.select(`SELECT f.id FROM financings f WHERE ${OPEN} AND ${over}`);
    if (objects.length === 0) return [];
    return (await this.unitOfWork.read<{ id: Buffer }>(ENDED, [objects])).map(({ id }) => toHex(id));
  }

  /** Not to be looked at before this block time, unless something is said of it; null: not any more. */
  async lookAgain(financing: Hex, at: number | null): Promise<void> {
    await this.unitOfWork.manager.query('UPDATE financings SET may_end_at = $2 WHERE id = $1', [
      toBytes(financing),
      at,
    ]);
  }

  private async select(sql: string, ...values: number[]): Promise<Hex[]> {
    return (await this.unitOfWork.manager.query<{ id: Buffer }[]>(sql, values)).map(({ id }) => toHex(id));
  }
}
