import { statfs } from 'node:fs/promises';
import { mostConnections } from '../../../node/src/database/connections.js';
import { loadMigrations } from '../../../node/src/database/load-migrations.js';
import { failure, type Finding, ok, warning } from '../finding.js';
import type { Patient } from '../patient.js';

const CHECK = 'database';
const GIB = 2 ** 30;

interface Facts {
  readonly version: string;
  readonly standby: boolean;
  readonly readonly: string;
  readonly used: number;
  readonly most: number;
  readonly size: string;
  readonly directory: string | null;
  readonly migrations: string | null;
}

/** Whether it can be written, is up to date, and has connections and disk left. */
export async function checkDatabase({ pool, config }: Patient): Promise<Finding[]> {
  const { rows } = await pool.query<Facts>(
    `SELECT current_setting('server_version') AS version, pg_is_in_recovery() AS standby,
            current_setting('default_transaction_read_only') AS readonly,
            (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
            current_setting('max_connections')::int AS most, pg_database_size(current_database())::text AS size,
            (SELECT setting FROM pg_settings WHERE name = 'data_directory') AS directory,
            to_regclass('migrations')::text AS migrations`,
  );
  const facts = rows[0]!;
  const findings = [ok(CHECK, `PostgreSQL ${facts.version}, ${(Number(facts.size) / GIB).toFixed(2)} GiB`)];
  if (facts.standby || facts.readonly === 'on')
    findings.push(
      failure(CHECK, 'it takes no writes', 'name the primary in TRADEPROOF_DATABASE_URL; is its disk full?'),
    );
  findings.push(connections(facts, config.databasePool), await migrations(facts, (sql) => pool.query(sql)));
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(config.databaseUrl).hostname);
  findings.push(...(local && facts.directory ? [await disk(facts.directory, 'PostgreSQL’s disk')] : []));
  findings.push(await disk(process.cwd(), 'this process’s disk'));
  return findings;
}

function connections({ used, most }: Facts, pool: number): Finding {
  const fact = `${used} of ${most} connections are in use`;
  if (used < 0.8 * most) return ok(CHECK, fact);
  return warning(
    CHECK,
    fact,
    `raise max_connections, or lower TRADEPROOF_DATABASE_POOL: with ${pool} a process opens up to ${mostConnections(pool)}`,
  );
}

type Query = (sql: string) => Promise<{ rows: unknown[] }>;

async function migrations(facts: Facts, query: Query): Promise<Finding> {
  const known = (await loadMigrations()).map(({ name }) => name);
  const rows = facts.migrations ? (await query('SELECT name FROM migrations')).rows : [];
  const done = new Set((rows as { name: string }[]).map(({ name }) => name));
  const missing = known.filter((name) => !done.has(name));
  const strange = [...done].filter((name) => !known.includes(name));
  if (strange.length > 0)
    return failure(
      CHECK,
      `it has ${strange.length} migrations that this release does not know, such as ${strange[0]}`,
      'a newer release ran on it: run that one; schemas do not go back',
    );
  if (missing.length > 0)
    return failure(
      CHECK,
      `${missing.length} of ${known.length} migrations are missing, such as ${missing[0]}`,
      'start a node of this release: it migrates first',
    );
  return ok(CHECK, `all ${known.length} migrations have run`);
}

async function disk(path: string, what: string): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(path).catch(() => ({ bavail: 1, blocks: 1, bsize: 0 }));
  if (bsize === 0) return ok(CHECK, `${what} cannot be seen from here`);
  const share = bavail / blocks;
  const fact = `${what} has ${((bavail * bsize) / GIB).toFixed(1)} GiB (${Math.round(100 * share)} %) left`;
  const advice = 'make room or grow it: a full disk stops every write; docs/operations.md, Retention';
  if (share < 0.05) return failure(CHECK, fact, advice);
  return share < 0.1 ? warning(CHECK, fact, advice) : ok(CHECK, fact);
}
