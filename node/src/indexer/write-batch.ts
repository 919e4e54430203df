import type pg from 'pg';
import { BATCH } from '../database/index.js';
import { arrayText, columnText } from './column-text.js';
import type { Batch, WrittenChange } from './batch.js';
import type { ChainTableShape } from './chain-table.js';
import { moveCheckpoint } from './checkpoint.js';
import { copied, type CopyColumns, copyIn } from './copy-in.js';
import { EVENT_COLUMNS } from './event-row.js';
import { inTransaction } from './transaction.js';
import { UNDO_COLUMNS } from './undo-rows.js';

const BLOCK_COLUMNS: CopyColumns = { number: 'int8', hash: 'bytea', timestamp: 'int8' };

/**
 * Writes a batch and moves the checkpoint, all or nothing. What is new is taken in while `before`, the batch before it, is
 * being written elsewhere; what changes rows waits until they are there. Throws CheckpointMoved when it does not fit.
 */
export async function writeBatch(client: pg.ClientBase, batch: Batch, before: Promise<void>): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(BATCH);
    await copyIn(client, 'chain_events', EVENT_COLUMNS, batch.events);
    const { changes, undo } = await batch.outcome;
    for (const { table, inserts } of changes) await copyIn(client, table.name, table.columns, inserts);
    await copyIn(client, 'indexer_undo', UNDO_COLUMNS, undo);
    await copyIn(client, 'indexer_blocks', BLOCK_COLUMNS, copied(BLOCK_COLUMNS, batch.blocks));
    await before;
    await moveCheckpoint(client, batch.after, batch.to);
    for (const change of changes) await update(client, change);
    await client.query(`
      DELETE FROM indexer_blocks WHERE number < ${batch.keepFrom};
      DELETE FROM indexer_undo WHERE block < ${batch.keepFrom}
    `);
  });
}

async function update(client: pg.ClientBase, { table, updates }: WrittenChange): Promise<void> {
  if (!updates.length) return;
  const columns = Object.entries(table.columns);
  const arrays = columns.map(([name, type]) => arrayText(updates.map((row) => columnText(type, row[name]))));
  const { rowCount } = await client.query(updateStatement(table), arrays);
  if (rowCount !== updates.length)
    throw new Error(`${table.name}: ${rowCount} of ${updates.length} rows were there to update`);
}

function updateStatement({ name, key, columns }: ChainTableShape): string {
  const all = Object.keys(columns);
  const isKey = (column: string) => key.includes(column);
  const set = all.filter((column) => !isKey(column)).map((column) => `${column} = u.${column}::${columns[column]}`);
  const match = key.map((column) => `t.${column} = u.${column}::${columns[column]}`);
  const given = all.map((_, index) => `$${index + 1}::text[]`);
  return `UPDATE ${name} t SET ${set.join(', ')} FROM unnest(${given.join(', ')}) u(${all.join(', ')}) WHERE ${match.join(' AND ')}`;
}
