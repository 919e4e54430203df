import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The columns of chain_orders, of an order of a batch that is no chain object of its own, from each of `places`. */
const batchedOrder = (places: string): string => `
  SELECT
    p.order_id AS id,
    p.buyer,
    p.supplier,
    p.status,
    1::bigint AS version,
    0::bigint AS cover_version,
    p.commitment,
    p.commitment AS first_commitment,
    p.tag,
    CASE p.status WHEN 'REJECTED' THEN decode(repeat('00', 32), 'hex') END AS rejection,
    p.expiry,
    NULL::bigint AS cancel_proposed_by,
    NULL::bigint AS complete_proposed_by,
    NULL::bigint AS pending_version,
    false AS encumbered,
    0::bigint AS encumbered_descendants,
    decode(repeat('00', 32), 'hex') AS head,
    0::bigint AS entries,
    p.posted_block,
    p.posted_log,
    p.posted_at,
    coalesce(p.answered_block, p.posted_block) AS changed_block,
    coalesce(p.answered_at, p.posted_at) AS changed_at,
    p.position AS posted_position,
    p.root AS batch_root,
    'ORDER'::text AS type,
    NULL::bytea AS framework,
    NULL::bigint AS batch_id
  FROM ${places} p
  WHERE (NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = p.order_id)) IS TRUE`;

const PLACES = `
  SELECT l.*, b.supplier, b.bitmap, b.posted_block, b.posted_log, b.posted_at, b.answered_block, b.answered_at, s.status
  FROM shown_order_leaves l
    JOIN chain_order_batches b ON b.buyer = l.buyer AND b.root = l.root
    CROSS JOIN LATERAL (SELECT CASE
      WHEN b.answered_at IS NULL THEN 'POSTED'
      WHEN l.position >= 8 * length(b.bitmap) THEN 'REJECTED'
      WHEN get_bit(b.bitmap, l.position) = 0 THEN 'REJECTED'
      WHEN l.expiry < b.answered_at THEN 'POSTED'
      ELSE 'ACCEPTED' END AS status) s`;

const BOTH = 'CREATE VIEW orders_in_batches AS SELECT * FROM batch_orders UNION ALL SELECT * FROM shown_batch_orders';

/**
 * Every place at which this member was shown an order is kept. `shown_places` has those that the chain knows, `shown_order_places`
 * one for each order: where it is accepted, which no other batch undoes, else where it was posted first, so that posting it
 * once more changes nothing.
 */
export class ShownPlaces1795840000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW orders_in_batches, shown_batch_orders;
      ALTER TABLE shown_order_leaves DROP CONSTRAINT shown_order_leaves_pkey, ADD PRIMARY KEY (order_id, root, position);

      CREATE VIEW shown_places AS ${PLACES};

      CREATE VIEW shown_order_places AS
      SELECT p.* FROM shown_places p
      WHERE (NOT EXISTS (
        SELECT FROM shown_places o
        WHERE o.order_id = p.order_id AND (o.root, o.position) <> (p.root, p.position)
          AND (o.status <> 'ACCEPTED', o.posted_block, o.posted_log, o.position)
            < (p.status <> 'ACCEPTED', p.posted_block, p.posted_log, p.position))) IS TRUE;

      CREATE VIEW shown_batch_orders AS ${batchedOrder('shown_order_places')};
      ${BOTH};
    `);
  }

  /** Keeps of each order the place that is preferred now. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW orders_in_batches, shown_batch_orders;
      DELETE FROM shown_order_leaves l WHERE EXISTS (
        SELECT FROM shown_order_leaves o WHERE o.order_id = l.order_id AND (o.root, o.position) <> (l.root, l.position))
        AND NOT EXISTS (
        SELECT FROM shown_order_places p WHERE p.order_id = l.order_id AND p.root = l.root AND p.position = l.position);
      DROP VIEW shown_order_places, shown_places;
      ALTER TABLE shown_order_leaves DROP CONSTRAINT shown_order_leaves_pkey, ADD PRIMARY KEY (order_id);
      CREATE VIEW shown_batch_orders AS ${batchedOrder(`(${PLACES})`)};
      ${BOTH};
    `);
  }
}
