import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The view with `more` columns at its end, of orders that are `absent` from chain_orders. */
const batchOrders = (more: string, absent: string): string => `
  SELECT
    l.order_id AS id,
    b.buyer,
    b.supplier,
    s.status,
    1::bigint AS version,
    0::bigint AS cover_version,
    l.commitment,
    l.commitment AS first_commitment,
    l.tag,
    CASE s.status WHEN 'REJECTED' THEN decode(repeat('00', 32), 'hex') END AS rejection,
    l.expiry,
    NULL::bigint AS cancel_proposed_by,
    NULL::bigint AS complete_proposed_by,
    NULL::bigint AS pending_version,
    false AS encumbered,
    0::bigint AS encumbered_descendants,
    decode(repeat('00', 32), 'hex') AS head,
    0::bigint AS entries,
    b.posted_block,
    b.posted_log,
    b.posted_at,
    coalesce(b.answered_block, b.posted_block) AS changed_block,
    coalesce(b.answered_at, b.posted_at) AS changed_at,
    l.position AS posted_position,
    b.root AS batch_root${more}
  FROM chain_order_batches b
    JOIN order_batches n ON n.root = b.root AND n.buyer = b.buyer
    JOIN order_leaves l ON l.batch_id = n.id
    CROSS JOIN LATERAL (SELECT CASE
      WHEN b.answered_at IS NULL THEN 'POSTED'
      WHEN l.position >= 8 * length(b.bitmap) THEN 'REJECTED'
      WHEN get_bit(b.bitmap, l.position) = 0 THEN 'REJECTED'
      WHEN l.expiry < b.answered_at THEN 'POSTED'
      ELSE 'ACCEPTED' END AS status) s
  WHERE ${absent}`;

const FRAMING = ", 'ORDER'::text AS type, NULL::bytea AS framework";
const ABSENT = 'NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = l.order_id)';

/** Indexes by which each list finds its next page whatever it is narrowed to, and what tells a batch without such orders. */
export class Reads1795801000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX chain_orders_status ON chain_orders (status, posted_block, posted_log);
      CREATE INDEX chain_orders_buyer_status ON chain_orders (buyer, status, posted_block, posted_log);
      CREATE INDEX chain_orders_supplier_status ON chain_orders (supplier, status, posted_block, posted_log);
      CREATE INDEX chain_orders_parties ON chain_orders (buyer, supplier, posted_block, posted_log);

      DROP INDEX chain_orders_framework;
      CREATE INDEX chain_orders_framework ON chain_orders (framework, posted_block, posted_log) WHERE framework IS NOT NULL;
      CREATE INDEX chain_orders_type ON chain_orders (posted_block, posted_log) WHERE type = 'FRAMEWORK';

      CREATE INDEX chain_receivables_status ON chain_receivables (status, issued_block, issued_log);
      CREATE INDEX chain_receivables_obligor_status ON chain_receivables (obligor, status, issued_block, issued_log);
      CREATE INDEX chain_receivables_supplier_status ON chain_receivables (supplier, status, issued_block, issued_log);

      CREATE INDEX chain_receivables_parts ON chain_receivables (issued_block, issued_log) WHERE parent IS NOT NULL;

      CREATE INDEX financings_side ON financings (side, requested_at, id);
      CREATE INDEX grants_side ON grants (side, created_at, id);
      CREATE INDEX access_log_viewer ON access_log (viewer, id);
      CREATE INDEX audit_log_actor ON audit_log (actor, id);
      CREATE INDEX audit_log_action ON audit_log (action, id);
      CREATE INDEX audit_log_object ON audit_log (object, id) WHERE object IS NOT NULL;

      ALTER TABLE order_batches ADD COLUMN first_expiry bigint;
      UPDATE order_batches n SET first_expiry = (SELECT min(l.expiry) FROM order_leaves l WHERE l.batch_id = n.id);
      ALTER TABLE order_batches ALTER COLUMN first_expiry SET NOT NULL;
      COMMENT ON COLUMN order_batches.first_expiry IS 'of its orders: answered before it, none of them stays POSTED';
    `);
    // Asked of each order by itself: as a join the planner takes it to leave hardly any, and sorts whole batches for a page.
    await runner.query(
      `CREATE OR REPLACE VIEW batch_orders AS ${batchOrders(`${FRAMING}, l.batch_id`, `(${ABSENT}) IS TRUE`)}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW batch_orders;
      CREATE VIEW batch_orders AS ${batchOrders(FRAMING, ABSENT)};
      ALTER TABLE order_batches DROP COLUMN first_expiry;
      DROP INDEX chain_orders_framework;
      CREATE INDEX chain_orders_framework ON chain_orders (framework) WHERE framework IS NOT NULL;
      DROP INDEX chain_orders_status, chain_orders_buyer_status, chain_orders_supplier_status, chain_orders_parties, chain_orders_type,
        chain_receivables_status, chain_receivables_obligor_status, chain_receivables_supplier_status, chain_receivables_parts, financings_side,
        grants_side, access_log_viewer, audit_log_actor, audit_log_action, audit_log_object;
    `);
  }
}
