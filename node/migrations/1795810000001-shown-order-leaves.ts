import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders of batches between others that this member was shown, each with the proof that it is in its batch.
 * `shown_batch_orders` shows them as `batch_orders` does the member's own, `orders_in_batches` both: to find some by their ids. Lists
 * read the two apart, as the planner looks at all of both where it does not know ids.
 */
export class ShownOrderLeaves1795810000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE shown_order_leaves (
        order_id bytea PRIMARY KEY,
        buyer bigint NOT NULL,
        root bytea NOT NULL,
        position integer NOT NULL,
        commitment bytea NOT NULL,
        tag bytea NOT NULL,
        expiry bigint NOT NULL,
        proof bytea NOT NULL
      );
      COMMENT ON COLUMN shown_order_leaves.proof IS 'from the leaf to the root, 32 bytes each';

      CREATE VIEW shown_batch_orders AS
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
        b.root AS batch_root,
        'ORDER'::text AS type,
        NULL::bytea AS framework,
        NULL::bigint AS batch_id
      FROM shown_order_leaves l
        JOIN chain_order_batches b ON b.buyer = l.buyer AND b.root = l.root
        CROSS JOIN LATERAL (SELECT CASE
          WHEN b.answered_at IS NULL THEN 'POSTED'
          WHEN l.position >= 8 * length(b.bitmap) THEN 'REJECTED'
          WHEN get_bit(b.bitmap, l.position) = 0 THEN 'REJECTED'
          WHEN l.expiry < b.answered_at THEN 'POSTED'
          ELSE 'ACCEPTED' END AS status) s
      WHERE (NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = l.order_id)) IS TRUE;

      CREATE VIEW orders_in_batches AS SELECT * FROM batch_orders UNION ALL SELECT * FROM shown_batch_orders;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW orders_in_batches, shown_batch_orders; DROP TABLE shown_order_leaves');
  }
}
