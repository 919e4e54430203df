import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Batches of orders as the chain has them, and the orders in them, which only their parties have. `batch_orders` shows those
 * that are no chain objects of their own as if they were: its columns are those of chain_orders.
 */
export class OrderBatches1795389150000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE chain_orders
        ADD COLUMN posted_position integer NOT NULL DEFAULT 0,
        ADD COLUMN batch_root bytea;

      CREATE TABLE chain_order_batches (
        buyer bigint,
        root bytea,
        supplier bigint NOT NULL,
        bitmap bytea,
        posted_block bigint NOT NULL,
        posted_log integer NOT NULL,
        posted_at bigint NOT NULL,
        answered_block bigint,
        answered_at bigint,
        PRIMARY KEY (buyer, root)
      );
      CREATE INDEX chain_order_batches_buyer ON chain_order_batches (buyer, posted_block, posted_log);
      CREATE INDEX chain_order_batches_supplier ON chain_order_batches (supplier, posted_block, posted_log);

      CREATE TABLE order_batches (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        buyer bigint NOT NULL,
        supplier bigint NOT NULL,
        root bytea NOT NULL UNIQUE,
        size integer NOT NULL,
        submission_id uuid
      );
      CREATE TABLE order_leaves (
        order_id bytea PRIMARY KEY,
        batch_id bigint NOT NULL,
        position integer NOT NULL,
        commitment bytea NOT NULL,
        tag bytea NOT NULL,
        expiry bigint NOT NULL
      );
      CREATE UNIQUE INDEX order_leaves_place ON order_leaves (batch_id, position);

      CREATE VIEW batch_orders AS
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
        b.root AS batch_root
      FROM chain_order_batches b
        JOIN order_batches n ON n.root = b.root AND n.buyer = b.buyer
        JOIN order_leaves l ON l.batch_id = n.id
        CROSS JOIN LATERAL (SELECT CASE
          WHEN b.answered_at IS NULL THEN 'POSTED'
          WHEN l.position >= 8 * length(b.bitmap) THEN 'REJECTED'
          WHEN get_bit(b.bitmap, l.position) = 0 THEN 'REJECTED'
          WHEN l.expiry < b.answered_at THEN 'POSTED'
          ELSE 'ACCEPTED' END AS status) s
      WHERE NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = l.order_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW batch_orders;
      DROP TABLE order_leaves, order_batches, chain_order_batches;
      ALTER TABLE chain_orders DROP COLUMN posted_position, DROP COLUMN batch_root;
    `);
  }
}
