import type pg from 'pg';
import { NO_BATCH } from '../database/index.js';
import { toHex } from '../kernel/hex.js';
import { moveCheckpoint, NOTHING } from './checkpoint.js';
import type { BlockRef } from './index-head.js';
import { inTransaction } from './transaction.js';

/** The blocks that can still be rewound to, newest first. */
export async function keptBlocks(client: pg.ClientBase): Promise<BlockRef[]> {
  const { rows } = await client.query<{ number: string; hash: Buffer; timestamp: string }>(
    'SELECT number, hash, timestamp FROM indexer_blocks ORDER BY number DESC',
  );
  return rows.map(({ number, hash, timestamp }) => ({
    number: Number(number),
    hash: toHex(hash),
    timestamp: Number(timestamp),
  }));
}

/** Whether there are any {@link keptBlocks}. */
export async function isAnyKept(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM indexer_blocks) AS any');
  return rows[0]!.any;
}

/** Puts all chain-derived tables back to what they were after block `to`, one of {@link keptBlocks}. */
export async function rewindTo(client: pg.ClientBase, from: BlockRef, to: BlockRef): Promise<void> {
  await inTransaction(client, async () => {
    await moveCheckpoint(client, from, to);
    const { rows } = await client.query<{ table_name: string }>(
      'SELECT DISTINCT table_name FROM indexer_undo WHERE block > $1',
      [to.number],
    );
    for (const { table_name } of rows) await restore(client, table_name, to.number);
    for (const [table, column] of [
      ['chain_events', 'block'],
      ['indexer_blocks', 'number'],
      ['indexer_undo', 'block'],
    ])
      await client.query(`DELETE FROM ${table} WHERE ${column} > $1`, [to.number]);
  });
}

/**
 * Empties all chain-derived tables and the indexer's own, within the current transaction. What they said until now is void, but not
 * `forRebuild`: then whoever was told of it goes on where the index comes to the same block again.
 */
export async function wipe(client: pg.ClientBase, { forRebuild = false } = {}): Promise<void> {
  await client.query(NO_BATCH);
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = current_schema() AND tablename LIKE 'chain\\_%'`,
  );
  const tables = [...rows.map(({ name }) => name), 'indexer_blocks', 'indexer_undo'];
  await client.query(`TRUNCATE ${tables.join(', ')}`);
  const { number, hash, timestamp } = (
    await client.query<BlockRef & { hash: Buffer }>('SELECT number, hash, timestamp FROM indexer_checkpoint FOR UPDATE')
  ).rows[0]!;
  // A rebuild that begins before the last one has come so far goes as far as that.
  if (forRebuild)
    await client.query(
      `UPDATE indexer_checkpoint SET was_number = coalesce(was_number, number), was_hash = coalesce(was_hash, hash)
       WHERE number >= 0`,
    );
  else await endRebuild(client);
  await moveCheckpoint(client, { number: Number(number), hash: toHex(hash), timestamp: Number(timestamp) }, NOTHING);
}

/** Gives up on coming to the block that was the last before a rebuild: what was told of it is void. */
export async function endRebuild(client: pg.ClientBase): Promise<void> {
  await client.query('UPDATE indexer_checkpoint SET was_number = NULL, was_hash = NULL WHERE was_number IS NOT NULL');
}

/** Each row's oldest image after the block is what it was at the block. */
async function restore(client: pg.ClientBase, table: string, block: number): Promise<void> {
  const columns = await columnsOf(client, table);
  const key = columns.filter(({ in_key }) => in_key).map(({ name }) => name);
  const match = key.map((name) => `t.${name} = k.${name}`).join(' AND ');
  const set = columns.filter(({ in_key }) => !in_key).map(({ name }) => `${name} = excluded.${name}`);
  const oldest = `
    SELECT DISTINCT ON (key) key, before FROM indexer_undo, json_array_elements(images) image,
      LATERAL (SELECT (image -> 'key')::jsonb AS key, (image -> 'before')::jsonb AS before) i
    WHERE block > $1 AND table_name = $2 ORDER BY key, block`;
  await client.query(
    `WITH oldest AS (${oldest})
     DELETE FROM ${table} t USING oldest o, jsonb_populate_record(null::${table}, o.key) k
     WHERE o.before IS NULL AND ${match}`,
    [block, table],
  );
  // An image of before a migration lacks the columns that it added: they are as they are now.
  await client.query(
    `WITH oldest AS (${oldest})
     INSERT INTO ${table} SELECT r.* FROM oldest o
     CROSS JOIN jsonb_populate_record(null::${table}, o.key) k
     LEFT JOIN ${table} t ON ${match}
     CROSS JOIN jsonb_populate_record(t, o.before) r
     WHERE o.before IS NOT NULL
     ON CONFLICT (${key.join(', ')}) ${set.length ? `DO UPDATE SET ${set.join(', ')}` : 'DO NOTHING'}`,
    [block, table],
  );
}

async function columnsOf(client: pg.ClientBase, table: string): Promise<{ name: string; in_key: boolean }[]> {
  const { rows } = await client.query<{ name: string; in_key: boolean }>(
    `SELECT quote_ident(a.attname) AS name, coalesce(a.attnum = ANY (i.indkey), false) AS in_key
     FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [table],
  );
  return rows;
}
