import type pg from 'pg';

/** A table of the node's schema and what of it a copy holds. */
export interface Table {
  readonly name: string;
  /** Quoted, in the table's order; generated ones are computed again. */
  readonly columns: readonly string[];
}

/**
 * The node's tables, each after those that it refers to. The queue's are in a schema of their own and are left out: jobs
 * are wake-ups, and the rows that they point to are swept.
 */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(`
    SELECT c.relname AS name,
      array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns,
      coalesce((SELECT array_agg(DISTINCT f.relname::text) FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
                WHERE k.conrelid = c.oid AND k.contype = 'f' AND f.oid <> c.oid), '{}') AS needs
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'migrations'
    GROUP BY c.oid, c.relname ORDER BY c.relname COLLATE "C"`);
  const sorted: Table[] = [];
  const left = new Map(rows.map((row) => [row.name, row]));
  while (left.size > 0) {
    const next = [...left.values()].find(({ needs }) => needs.every((need) => !left.has(need)));
    if (!next) throw new Error(`tables that refer to each other in a ring: ${[...left.keys()].join(', ')}`);
    left.delete(next.name);
    sorted.push({ name: next.name, columns: next.columns });
  }
  return sorted;
}

/** Sequences and where they stand; identity columns have theirs. */
export async function sequencesOf(client: pg.ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; last: string | null }>(
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname = current_schema() AND sequencename <> 'migrations_id_seq' ORDER BY 1`,
  );
  return Object.fromEntries(rows.flatMap(({ name, last }) => (last === null ? [] : [[name, last]])));
}
