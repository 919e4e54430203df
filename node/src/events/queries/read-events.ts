import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { PG_POOL } from '../../database/index.js';
import { toHex } from '../../kernel/hex.js';
import { LAST_LOG_INDEX, type Position } from '../domain/position.js';
import type { StreamEvent } from '../domain/stream-event.js';

interface Row {
  source: 'rewind' | 'chain' | 'news';
  /** of news */
  epoch: string;
  /** seq, block or transaction */
  a: string;
  /** to_block, log index or seq */
  b: string;
  type: string;
  object: Buffer | null;
  /** JSON */
  data: string;
}

// One statement, so that all parts are as of one moment. Rewinds come first: they take back what follows anew. News are
// read only up to the oldest transaction under way: a younger one that commits first would hide an older one's rows.
// What the chain said is put together as text: args are kept as they were written, and to take them apart and together again costs
// three times what reading does. ORDER BY tx alone would mean the number that is given, by which no index is.
const READ = `
  WITH rewind AS (
    SELECT max(seq) AS seq, min(to_block) AS block, max(at) AS at FROM event_rewinds WHERE seq > $3 HAVING count(*) > 0
  ), start AS (
    SELECT coalesce((SELECT block FROM rewind WHERE block < $1), $1) AS block,
      CASE WHEN EXISTS (SELECT 1 FROM rewind WHERE block < $1) THEN ${LAST_LOG_INDEX} ELSE $2 END AS log_index
  )
  SELECT 'rewind' AS source, 0::int8 AS epoch, seq AS a, block AS b, 'chain.rewound' AS type, NULL::bytea AS object,
    jsonb_build_object('block', block, 'at', at)::text AS data
  FROM rewind
  UNION ALL (
    SELECT 'chain', 0, block, log_index, name, object,
      '{"at":' || to_json(to_timestamp(block_time)) || ',"args":' || args || ',"block":' || block
        || ',"contract":"' || contract || '","transaction":"0x' || encode(tx, 'hex') || '"}'
    FROM chain_events
    WHERE (block, log_index) > ((SELECT block FROM start), (SELECT log_index FROM start))
    ORDER BY block, log_index LIMIT $6)
  UNION ALL (
    SELECT 'news', epoch, tx::text::int8, seq, type, object, jsonb_build_object('data', data, 'at', at)::text
    FROM event_news
    WHERE (epoch, tx, seq) > ($7::int8, $4::text::xid8, $5::int8)
      AND (tx < pg_snapshot_xmin(pg_current_snapshot()) OR epoch < (SELECT n FROM event_epoch))
    ORDER BY event_news.epoch, event_news.tx, event_news.seq LIMIT $6)`;

// While the index is made anew, what it comes to again is nothing new.
const END = `
  SELECT greatest(e.block, c.was_number, -1) AS block,
    CASE WHEN c.was_number >= coalesce(e.block, -1) THEN ${LAST_LOG_INDEX} ELSE coalesce(e.log_index, 0) END AS log_index,
    (SELECT coalesce(max(seq), 0) FROM event_rewinds) AS rewind,
    (SELECT n FROM event_epoch) AS epoch, pg_snapshot_xmin(pg_current_snapshot())::text AS tx
  FROM indexer_checkpoint c LEFT JOIN LATERAL (
    SELECT block, log_index FROM chain_events ORDER BY block DESC, log_index DESC LIMIT 1) e ON true`;

/** Reads the event stream: what the chain said, what the index took back, and this node's own news. */
@Injectable()
export class ReadEvents {
  constructor(@Inject(PG_POOL) private readonly pool: pg.Pool) {}

  /** The events after `position`, up to `limit` of the chain's and of the news. */
  async after(position: Position, limit: number): Promise<StreamEvent[]> {
    const { block, logIndex, rewind, epoch, tx, news } = position;
    const values = [block, logIndex, rewind, String(tx), news, limit, epoch];
    const { rows } = await this.pool.query<Row>({ name: 'events-after', text: READ, values });
    let at = position;
    return rows.flatMap((row) => {
      const before = at;
      at = advance(at, row);
      // A rewind above what the client has read takes nothing from it.
      if (row.source === 'rewind' && at.block === before.block) return [];
      const { type, object, data } = row;
      return { position: at, type, object: object && toHex(object), data };
    });
  }

  /** Where a client is that wants only what comes from now on. */
  async end(): Promise<Position> {
    const { rows } = await this.pool.query<Record<'block' | 'log_index' | 'rewind' | 'epoch' | 'tx', string>>(END);
    const { block, log_index, ...news } = rows[0]!;
    const [rewind, epoch, tx] = [news.rewind, news.epoch, news.tx].map(Number) as [number, number, number];
    return { block: Number(block), logIndex: Number(log_index), rewind, epoch, tx, news: 0 };
  }
}

function advance(at: Position, { source, epoch, a, b }: Row): Position {
  if (source === 'chain') return { ...at, block: Number(a), logIndex: Number(b) };
  if (source === 'news') return { ...at, epoch: Number(epoch), tx: Number(a), news: Number(b) };
  const rewound = Number(b) < at.block ? { block: Number(b), logIndex: LAST_LOG_INDEX } : {};
  return { ...at, rewind: Number(a), ...rewound };
}
