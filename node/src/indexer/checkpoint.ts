import type pg from 'pg';
import { type Hex, toBytes, toHex } from '../kernel/hex.js';
import type { BlockRef } from './index-head.js';

/** PostgreSQL channel on which each change of the checkpoint is told: `number hash timestamp`. */
export const HEAD_CHANNEL = 'tradeproof_head';

/** Before the first block. */
export const NOTHING: BlockRef = { number: -1, hash: '0x', timestamp: 0 };

/** The checkpoint is not where this process left it: another one wrote, or the tables were wiped. */
export class CheckpointMoved extends Error {
  constructor() {
    super('the checkpoint was moved by somebody else');
  }
}

export async function readCheckpoint(client: pg.ClientBase | pg.Pool): Promise<BlockRef> {
  const { rows } = await client.query<{ number: string; hash: Buffer; timestamp: string }>(
    'SELECT number, hash, timestamp FROM indexer_checkpoint',
  );
  const { number, hash, timestamp } = rows[0]!;
  return { number: Number(number), hash: toHex(hash), timestamp: Number(timestamp) };
}

/** The last block that was indexed before a rebuild that has not come to it again; null but during one. */
export async function readBeforeRebuild(client: pg.ClientBase): Promise<number | null> {
  const { rows } = await client.query<{ number: string | null }>('SELECT was_number AS number FROM indexer_checkpoint');
  const { number } = rows[0]!;
  return number === null ? null : Number(number);
}

/** Moves the checkpoint within the current transaction and tells it on commit. Throws {@link CheckpointMoved}. */
export async function moveCheckpoint(client: pg.ClientBase, from: BlockRef, to: BlockRef): Promise<void> {
  const told = `${to.number} ${to.hash} ${to.timestamp}`;
  const { rowCount } = await client.query(
    `WITH moved AS (
       UPDATE indexer_checkpoint
       SET number = $1, hash = $2, timestamp = $3,
         was_number = CASE WHEN was_number > $1 THEN was_number END, was_hash = CASE WHEN was_number > $1 THEN was_hash END
       WHERE number = $4 AND hash = $5 RETURNING 1)
     SELECT pg_notify($6, $7) FROM moved`,
    [to.number, toBytes(to.hash), to.timestamp, from.number, toBytes(from.hash), HEAD_CHANNEL, told],
  );
  if (rowCount !== 1) throw new CheckpointMoved();
}

/** The block that a notification on {@link HEAD_CHANNEL} tells of. */
export function parseHead(payload: string): BlockRef {
  const [number, hash, timestamp] = payload.split(' ');
  return { number: Number(number), hash: hash as Hex, timestamp: Number(timestamp) };
}
