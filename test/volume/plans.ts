import type pg from 'pg';
import type { Statement } from './statements.js';

/** A node of a plan as EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) tells it. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What a statement read, and what it read that no page needs. */
export interface Cost {
  readonly rows: number;
  readonly buffers: number;
  readonly ms: number;
  readonly faults: readonly string[];
}

/** How much a page may read: `rows` of all tables together, `buffers` of 8 KiB, `sorted` rows in one sort. */
export interface Bound {
  readonly rows: number;
  readonly buffers: number;
  readonly sorted: number;
}

const READS = /^\s*(SELECT|WITH|UPDATE|DELETE)/;
const BIG = 2_000;

/** What a statement costs as PostgreSQL runs it, undone afterwards; undefined for one that reads nothing. */
export async function costOf(client: pg.Client, statement: Statement, bound: Bound): Promise<Cost | undefined> {
  if (!READS.test(statement.text)) return undefined;
  await client.query('BEGIN');
  try {
    for (const setting of statement.settings) await client.query(`SET LOCAL ${setting}`);
    const [explained] = (await explain(client, statement)) as [{ Plan: PlanNode; 'Execution Time': number }];
    return judge(explained.Plan, explained['Execution Time'], bound, await bigTables(client));
  } finally {
    await client.query('ROLLBACK');
  }
}

/** One that is prepared may come to be run by a plan for any values: it is looked at when PostgreSQL has decided. */
async function explain(client: pg.Client, { text, values, name }: Statement): Promise<unknown> {
  const analyze = 'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)';
  if (name === undefined) return planIn(await client.query(`${analyze} ${text}`, [...values]));
  await client.query(`PREPARE looked_at AS ${text}`);
  const literals = values.map((value) => client.escapeLiteral(textOf(value))).join(', ');
  for (let i = 0; i < 6; i++) await client.query(`EXECUTE looked_at (${literals})`);
  const plan = planIn(await client.query(`${analyze} EXECUTE looked_at (${literals})`));
  await client.query('DEALLOCATE looked_at');
  return plan;
}

/** A value as PostgreSQL reads it. */
function textOf(value: unknown): string {
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map((one) => JSON.stringify(textOf(one))).join(',')}}`;
  return String(value);
}

const planIn = ({ rows }: pg.QueryResult<Record<string, unknown>>): unknown => rows[0]!['QUERY PLAN'];

async function bigTables(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ relname: string }>('SELECT relname FROM pg_class WHERE reltuples > $1', [BIG]);
  return new Set(rows.map(({ relname }) => relname));
}

function judge(root: PlanNode, ms: number, bound: Bound, big: ReadonlySet<string>): Cost {
  const nodes = all(root).filter((node) => node['Actual Loops'] > 0);
  const faults: string[] = [];
  for (const node of nodes) {
    const table = node['Relation Name'];
    if (node['Node Type'] === 'Seq Scan' && table && big.has(table)) faults.push(`Seq Scan on ${table}`);
    if (!node['Node Type'].endsWith('Sort')) continue;
    const sorted = (node.Plans ?? []).reduce((sum, input) => sum + put(input), 0);
    if (sorted > bound.sorted) faults.push(`${node['Node Type']} of ${sorted} rows`);
  }
  // A table of a page or two is read whole sooner than by an index.
  const rows = nodes.filter((node) => big.has(node['Relation Name'] ?? '')).reduce((sum, node) => sum + read(node), 0);
  const buffers = (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0);
  if (rows > bound.rows) faults.push(`${rows} rows read`);
  if (buffers > bound.buffers) faults.push(`${buffers} buffers read`);
  return { rows, buffers, ms, faults };
}

const all = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(all)];
const put = (node: PlanNode): number => Math.round(node['Actual Rows'] * node['Actual Loops']);

/** With those that were looked at and left out. */
const read = (node: PlanNode): number =>
  put(node) +
  ((node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * node['Actual Loops'];
