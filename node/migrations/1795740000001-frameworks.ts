import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Framework contracts, and what calls them off. An order of a batch is neither. */
export class Frameworks1795740000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE chain_orders
        ADD COLUMN type text NOT NULL DEFAULT 'ORDER',
        ADD COLUMN framework bytea;
      CREATE INDEX chain_orders_framework ON chain_orders (framework) WHERE framework IS NOT NULL;
      CREATE INDEX chain_orders_frameworks ON chain_orders (buyer, supplier) WHERE type = 'FRAMEWORK';

      ALTER TABLE order_postings ADD COLUMN framework bytea;
      CREATE INDEX order_postings_framework ON order_postings (framework) WHERE framework IS NOT NULL;

      ALTER TABLE order_documents ADD COLUMN framed boolean NOT NULL DEFAULT false;

      CREATE OR REPLACE VIEW batch_orders AS
      ${view(", 'ORDER'::text AS type, NULL::bytea AS framework")};
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW batch_orders;
      ALTER TABLE order_documents DROP COLUMN framed;
      ALTER TABLE order_postings DROP COLUMN framework;
      ALTER TABLE chain_orders DROP COLUMN type, DROP COLUMN framework;
      CREATE VIEW batch_orders AS
      ${view('')};
    `);
  }
}

/** Orders of batches that are no chain objects of their own, as the migration of batches has them, with more columns. */
const view = (more: string): string => `SELECT
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
      WHERE NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = l.order_id)`;
