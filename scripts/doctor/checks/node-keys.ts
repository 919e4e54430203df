import { failure, type Finding, ok } from '../finding.js';
import type { Patient } from '../patient.js';

const CHECK = 'keys';

/** Whether this node has every key that its documents are wrapped under: the key file of another day opens none of the later ones. */
export async function checkNodeKeys({ pool, nodeKeys }: Pick<Patient, 'pool' | 'nodeKeys'>): Promise<Finding[]> {
  const { current, former, first } = await nodeKeys();
  const known = new Set([current, ...former].map(({ id }) => id));
  // As rooms make them: docs/adr/0024.
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_name IN ('node_key', 'wrapped_key')
     GROUP BY table_name HAVING count(*) = 2`,
  );
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ id: string | null; n: number }>(
      `SELECT node_key AS id, count(*)::int AS n FROM ${name} WHERE wrapped_key IS NOT NULL GROUP BY node_key`,
    );
    for (const { id, n } of rows) counts.set(id ?? first.id, (counts.get(id ?? first.id) ?? 0) + n);
  }
  const missing = [...counts].filter(([id]) => !known.has(id));
  const opened = [...counts].reduce((sum, [id, n]) => sum + (known.has(id) ? n : 0), 0);
  return [
    ok(CHECK, `${opened} sealed documents are under keys that this node has`),
    ...missing.map(([id, n]) =>
      failure(
        CHECK,
        `${n} sealed documents are under the node key ${id}, which this node was not given: nobody can open them`,
        'use the key file that was in use when they came in, or list that key in former.documentKey, or have TRADEPROOF_NODE_KEY_COMMAND print it among former',
      ),
    ),
  ];
}
