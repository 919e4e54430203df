import { type Finding, ok, warning } from '../finding.js';
import type { Patient } from '../patient.js';

const CHECK = 'database';
/** What a database lost is what was posted last. Looked at by index, however many there are before. */
const NEWEST = 10_000;

/**
 * Whether this database knows what this member has posted: one that came back from a backup does not know what was posted
 * after it, nor the numbers of those orders. Batches are looked at as such: their orders have no rows of the chain's.
 */
export async function checkOwnOrders({ pool, config }: Pick<Patient, 'pool' | 'config'>): Promise<Finding[]> {
  const { rows } = await pool.query<Record<'orders' | 'batches', string[]>>(
    `WITH self AS (SELECT member FROM chain_members WHERE name = $1)
     SELECT ARRAY(
       SELECT '0x' || encode(id, 'hex') FROM (
         SELECT * FROM chain_orders WHERE buyer = (SELECT member FROM self)
         ORDER BY posted_block DESC, posted_log DESC LIMIT ${NEWEST}) o
       WHERE batch_root IS NULL AND NOT EXISTS (SELECT FROM order_postings p WHERE p.order_id = o.id)
       ORDER BY posted_block DESC, posted_log DESC) AS orders,
     ARRAY(
       SELECT '0x' || encode(root, 'hex') FROM (
         SELECT * FROM chain_order_batches WHERE buyer = (SELECT member FROM self)
         ORDER BY posted_block DESC, posted_log DESC LIMIT ${NEWEST}) b
       WHERE NOT EXISTS (SELECT FROM order_batches n WHERE n.root = b.root AND n.buyer = b.buyer)
       ORDER BY posted_block DESC, posted_log DESC) AS batches`,
    [config.member],
  );
  const { orders, batches } = rows[0]!;
  const found = [...unknown('orders', orders), ...unknown('batches of orders', batches)];
  return found.length > 0 ? found : [ok(CHECK, `it knows the last orders that ${config.member} has posted`)];
}

function unknown(what: string, ids: readonly string[]): Finding[] {
  if (ids.length === 0) return [];
  return [
    warning(
      CHECK,
      `it does not know ${ids.length} of the last ${NEWEST} ${what} that this member has posted, the newest ${ids[0]}`,
      'was it restored? have your systems send none of them again, for the node would post their numbers a second time, and ask the suppliers for the documents (docs/operations.md, Backup)',
    ),
  ];
}
