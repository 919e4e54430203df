import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders as the chain has them, and what this member knows of their documents. */
export class Orders1795387500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What indexes are of comes first: PostgreSQL takes a row apart only as far as it must to make one.
      CREATE TABLE chain_orders (
        posted_block bigint NOT NULL,
        buyer bigint NOT NULL,
        supplier bigint NOT NULL,
        posted_log integer NOT NULL,
        status text NOT NULL,
        id bytea PRIMARY KEY,
        version bigint NOT NULL,
        cover_version bigint NOT NULL,
        commitment bytea NOT NULL,
        first_commitment bytea NOT NULL,
        tag bytea NOT NULL,
        rejection bytea,
        expiry bigint NOT NULL,
        cancel_proposed_by bigint,
        complete_proposed_by bigint,
        pending_version bigint,
        encumbered boolean NOT NULL,
        encumbered_descendants bigint NOT NULL,
        head bytea NOT NULL,
        entries bigint NOT NULL,
        posted_at bigint NOT NULL,
        changed_block bigint NOT NULL,
        changed_at bigint NOT NULL
      );
      CREATE INDEX chain_orders_posted ON chain_orders (posted_block, posted_log);
      CREATE INDEX chain_orders_buyer ON chain_orders (buyer, posted_block, posted_log);
      CREATE INDEX chain_orders_supplier ON chain_orders (supplier, posted_block, posted_log);

      CREATE TABLE chain_order_changes (
        order_id bytea,
        version bigint,
        commitment bytea NOT NULL,
        status text NOT NULL,
        proposed_by bigint NOT NULL,
        proposed_block bigint NOT NULL,
        proposed_at bigint NOT NULL,
        decided_block bigint,
        decided_at bigint,
        PRIMARY KEY (order_id, version)
      );

      CREATE TABLE chain_participants (
        order_id bytea,
        member bigint,
        appointed_by bigint,
        kinds integer NOT NULL,
        until bigint NOT NULL,
        block bigint NOT NULL,
        at bigint NOT NULL,
        PRIMARY KEY (order_id, member, appointed_by)
      );
      CREATE INDEX chain_participants_member ON chain_participants (member);

      CREATE TABLE order_postings (
        order_id bytea PRIMARY KEY,
        number_key text NOT NULL,
        submission_id uuid NOT NULL
      );
      CREATE INDEX order_postings_number ON order_postings (number_key);

      CREATE TABLE order_documents (
        order_id bytea,
        root bytea,
        version bigint NOT NULL,
        number text NOT NULL,
        number_key text NOT NULL,
        issue_date text NOT NULL,
        currency text,
        amount text,
        PRIMARY KEY (order_id, root)
      );
      CREATE INDEX order_documents_number ON order_documents (number_key);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE order_documents, order_postings, chain_participants, chain_order_changes, chain_orders',
    );
  }
}
