import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outbox of transactions and the nonce ledger. */
export class Submissions1795388000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lanes (
        account bytea PRIMARY KEY,
        next_nonce int8 NOT NULL
      )
    `);
    await runner.query(`
      CREATE TABLE submissions (
        id uuid PRIMARY KEY,
        seq int8 GENERATED ALWAYS AS IDENTITY UNIQUE,
        act text NOT NULL,
        subject_type text NOT NULL,
        subject_id bytea NOT NULL,
        account bytea NOT NULL,
        account_object bytea,
        call_to bytea NOT NULL,
        call_data bytea NOT NULL,
        status text NOT NULL DEFAULT 'QUEUED'
          CHECK (status IN ('QUEUED', 'SENT', 'INCLUDED', 'REVERTED', 'REFUSED')),
        nonce int8,
        raw bytea,
        tx bytea,
        block int8,
        problem jsonb,
        request_id text,
        sent_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((status IN ('QUEUED', 'REFUSED')) = (nonce IS NULL)),
        CHECK ((nonce IS NULL) = (raw IS NULL) AND (raw IS NULL) = (tx IS NULL))
      )
    `);
    await runner.query('CREATE UNIQUE INDEX submissions_nonce ON submissions (account, nonce)');
    await runner.query(
      `CREATE INDEX submissions_open ON submissions (account, seq) WHERE status IN ('QUEUED', 'SENT')`,
    );
    await runner.query('CREATE INDEX submissions_block ON submissions (block)');
    await runner.query('CREATE INDEX submissions_subject ON submissions (subject_id, seq)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE submissions');
    await runner.query('DROP TABLE lanes');
  }
}
