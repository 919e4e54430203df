import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Envelopes to and from other members' nodes. Bodies are encrypted at rest; after `settled_at` only hash and receipt matter. */
export class Exchange1795386000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exchange_outbox (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL UNIQUE,
        to_member int4 NOT NULL,
        type text NOT NULL,
        object bytea NOT NULL,
        body bytea,
        hash bytea NOT NULL,
        after_submission uuid,
        status text NOT NULL CHECK (status IN ('WAITING', 'READY', 'DELIVERED', 'SET_ASIDE', 'DROPPED', 'DISCARDED')),
        attempts int4 NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        leased_until timestamptz,
        deadline timestamptz NOT NULL,
        last_error text,
        receipt text,
        outcome text,
        created_at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz
      );
      CREATE INDEX exchange_outbox_waiting ON exchange_outbox (after_submission) WHERE status = 'WAITING';
      CREATE INDEX exchange_outbox_ready ON exchange_outbox (to_member, seq) WHERE status = 'READY';
      CREATE INDEX exchange_outbox_lane ON exchange_outbox (to_member, object, seq) WHERE status IN ('WAITING', 'READY');
      CREATE INDEX exchange_outbox_set_aside ON exchange_outbox (seq) WHERE status = 'SET_ASIDE';
      CREATE TABLE exchange_inbox (
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        from_member int4 NOT NULL,
        id uuid NOT NULL,
        type text NOT NULL,
        object bytea NOT NULL,
        hash bytea NOT NULL,
        signed bytea,
        signer bytea NOT NULL,
        status text NOT NULL CHECK (status IN ('HANDLED', 'SET_ASIDE', 'DISCARDED')),
        reason_code text,
        reason bytea,
        receipt text NOT NULL,
        received_at timestamptz NOT NULL,
        received_block int8 NOT NULL,
        settled_at timestamptz,
        PRIMARY KEY (from_member, id)
      );
      CREATE INDEX exchange_inbox_set_aside ON exchange_inbox (from_member, seq) WHERE status = 'SET_ASIDE';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE exchange_inbox, exchange_outbox');
  }
}
