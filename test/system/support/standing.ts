import pg from 'pg';
import type { RunningConsortium } from '../../support/running-consortium.js';

/** What changes by itself, and what a refusal may write: the record that it was asked and how it was answered. */
const RESTLESS = new Set([
  ...['indexer_blocks', 'indexer_checkpoint', 'indexer_undo', 'audit_log', 'http_idempotency'],
  // Bytes that came in, those of looks among them.
  'exchange_arrivals',
]);

/**
 * What the chain refused when it was asked beforehand stays on record, and nothing came of it. Who looked, or tried to, is told to
 * the owners.
 */
const ON_RECORD: Record<string, string> = {
  submissions: `status <> 'REFUSED'`,
  exchange_outbox: `type <> 'grant.looks'`,
  exchange_inbox: `type <> 'grant.looks'`,
  event_news: `type <> 'grant.looks.received'`,
};

/** When a consortium was first looked at. Looks may be added to its access logs since; what was there stays as it was. */
const firstSeen = new WeakMap<RunningConsortium, Date>();

/** Rows and their hash, for each `member.table`. */
export type Standing = Record<string, string>;

/** All that the members' nodes hold, to be compared before and after something that must do nothing. */
export async function standing(consortium: RunningConsortium): Promise<Standing> {
  if (!firstSeen.has(consortium)) firstSeen.set(consortium, new Date());
  const parts = await Promise.all(consortium.file.members.map(({ name }) => standingOf(consortium, name)));
  return Object.assign({}, ...parts) as Standing;
}

async function standingOf(consortium: RunningConsortium, name: string): Promise<Standing> {
  const client = new pg.Client({ connectionString: consortium.databaseUrl(name) });
  await client.connect();
  try {
    const { rows } = await client.query<{ table: string }>(
      `SELECT tablename AS table FROM pg_tables WHERE schemaname = 'public'`,
    );
    const found: Standing = {};
    for (const { table } of rows) {
      if (RESTLESS.has(table)) continue;
      const row = SHOWN[table] ?? 't::text';
      const digest = `count(*) || ' rows ' || md5(coalesce(string_agg(${row}, '|' ORDER BY ${row}), ''))`;
      const source = `${pg.escapeIdentifier(table)} t WHERE ${conditionOf(table, firstSeen.get(consortium)!)}`;
      const result = await client.query<{ is: string }>(`SELECT ${digest} AS is FROM ${source}`);
      found[`${name}.${table}`] = result.rows[0]!.is;
    }
    return found;
  } finally {
    await client.end();
  }
}

/** The standing once nothing moves any more: envelopes delivered, submissions settled. */
export async function atRest(consortium: RunningConsortium): Promise<Standing> {
  for (let before = await standing(consortium), tries = 0; ; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    const after = await standing(consortium);
    const moved = Object.keys(after).filter((key) => after[key] !== before[key]);
    if (moved.length === 0) return after;
    if (tries > 300) throw new Error(`still moving: ${moved.join(', ')}`);
    before = after;
  }
}

/** Rows without what changes by itself: the access log's place in the chain of hashes, which each gets a little later; when a financing is looked at next. */
const SHOWN: Record<string, string> = {
  access_log: `(to_jsonb(t) - 'position' - 'hash')::text`,
  financings: `(to_jsonb(t) - 'may_end_at')::text`,
};

/** Which rows must be as they were. Of the access log those that were there at first, and whatever is no look. */
function conditionOf(table: string, since: Date): string {
  if (table === 'access_log') return `at <= '${since.toISOString()}' OR purpose = 'ERASURE'`;
  return ON_RECORD[table] ?? 'true';
}
