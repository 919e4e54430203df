import { Injectable } from '@nestjs/common';
import { Lookup, statement, UnitOfWork } from '../../database/index.js';
import { objectsAbove } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { ENDED_ON_CHAIN, RUNS_ON_CHAIN } from './ended-on-chain.js';
import { LINEAGE } from './lineage.js';
import { type Cause, type EventPosition, LOWERING_EVENTS, type Watch } from '../domain/watch.js';

interface Row {
  financing: Buffer;
  waiting: boolean;
  covered_block: string | null;
  covered_log: number | null;
  shortfall: string | null;
  causes: Cause[];
}

interface EventRow {
  name: string;
  object: Buffer;
  block: string;
  log_index: number;
  tx: Buffer;
}

const MAY_RUN = `(status NOT IN ('DECLINED', 'WITHDRAWN') OR ${RUNS_ON_CHAIN}) AND NOT ${ENDED_ON_CHAIN}`;

const TOUCHED = statement(`
  WITH asked AS (SELECT unnest($1::bytea[]) AS object), ${LINEAGE}
  SELECT id FROM financings f WHERE object = ANY(ARRAY(SELECT object FROM lineage)) AND ${MAY_RUN}
  UNION SELECT financing FROM financing_watches WHERE waiting`);

const OF_FINANCINGS = statement(
  'SELECT financing, waiting, covered_block, covered_log, shortfall, causes FROM financing_watches WHERE financing = ANY($1)',
);

/** What is known of each financing from when it was last looked at, and which are to be looked at. */
@Injectable()
export class WatchStore {
  private readonly watches = new Lookup<Hex, Row>(
    (financings) => this.unitOfWork.read<Row>(OF_FINANCINGS, [financings.map(toBytes)]),
    ({ financing }) => toHex(financing),
  );

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Financings whose lineage has events above `block`, and those that wait; all where there are many events. Some that ended by time alone may be among them. */
  async touchedAbove(block: number): Promise<Hex[]> {
    const objects = await objectsAbove(this.unitOfWork.manager, block);
    if (!objects) return this.all();
    const rows = await this.unitOfWork.read<{ id: Buffer }>(TOUCHED, [objects]);
    return rows.map(({ id }) => toHex(id));
  }

  /** Financings that are not known to have ended. */
  async all(): Promise<Hex[]> {
    const rows = await this.query<{ id: Buffer }>(`SELECT id FROM financings f WHERE ${MAY_RUN}`, []);
    return rows.map(({ id }) => toHex(id));
  }

  async find(financing: Hex): Promise<Watch | undefined> {
    const [row] = await this.watches.of([financing]);
    if (!row) return undefined;
    const { waiting, covered_block: block, covered_log: logIndex, shortfall, causes } = row;
    const covered = block === null ? null : { block: Number(block), logIndex: logIndex! };
    return { waiting, covered, shortfall, causes };
  }

  /** Has it looked at once more, whatever the chain says. */
  async lookAgain(financing: Hex): Promise<void> {
    await this.query(
      `INSERT INTO financing_watches (financing, waiting) VALUES ($1, true)
       ON CONFLICT (financing) DO UPDATE SET waiting = true`,
      [toBytes(financing)],
    );
  }

  async save(financing: Hex, { waiting, covered, shortfall, causes }: Watch): Promise<void> {
    await this.query(
      `INSERT INTO financing_watches (financing, waiting, covered_block, covered_log, shortfall, causes)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (financing) DO UPDATE SET waiting = EXCLUDED.waiting, covered_block = EXCLUDED.covered_block,
         covered_log = EXCLUDED.covered_log, shortfall = EXCLUDED.shortfall, causes = EXCLUDED.causes`,
      [
        ...[toBytes(financing), waiting, covered?.block ?? null, covered?.logIndex ?? null],
        ...[shortfall, JSON.stringify(causes)],
      ],
    );
  }

  /** The last event on an object's lineage. */
  async lastEvent(object: Hex): Promise<EventPosition | null> {
    const [row] = await this.query<{ block: string; log_index: number }>(
      `WITH asked AS (SELECT $1::bytea AS object), ${LINEAGE}
       SELECT e.block, e.log_index FROM lineage, LATERAL (
         SELECT block, log_index FROM chain_events c WHERE c.object = lineage.object ORDER BY block DESC, log_index DESC LIMIT 1
       ) e ORDER BY e.block DESC, e.log_index DESC LIMIT 1`,
      [toBytes(object)],
    );
    return row ? { block: Number(row.block), logIndex: row.log_index } : null;
  }

  /**
   * Events on an object's lineage after a place that may have lowered its cover, in the chain's order, up to `limit`: those of its own orders
   * and of what was born from these before any of what merely shares an invoice with them.
   */
  async loweringAfter(object: Hex, { block, logIndex }: EventPosition, limit: number): Promise<Cause[]> {
    const rows = await this.query<EventRow>(
      `WITH asked AS (SELECT $1::bytea AS object), ${LINEAGE}
       SELECT * FROM (
         SELECT name, object, block, log_index, tx FROM chain_events
         WHERE object = ANY(ARRAY(SELECT object FROM lineage)) AND (block, log_index) > ($2, $3) AND name = ANY ($4)
         ORDER BY object <> ALL(ARRAY(SELECT object FROM near)), block, log_index LIMIT $5) told
       ORDER BY block, log_index`,
      [toBytes(object), block, logIndex, LOWERING_EVENTS, limit],
    );
    return rows.map((row) => ({
      event: row.name,
      object: toHex(row.object),
      block: Number(row.block),
      logIndex: row.log_index,
      transaction: toHex(row.tx),
    }));
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }
}
