import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Financings as holder and lender tell each other of them; who finances whom is nowhere else (rule 9). */
export class Financing1795386000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE financings (
        id bytea PRIMARY KEY,
        side text NOT NULL CHECK (side IN ('HOLDER', 'LENDER')),
        object bytea NOT NULL,
        on_order boolean NOT NULL,
        holder bigint NOT NULL,
        lender bigint NOT NULL,
        status text NOT NULL,
        requested jsonb NOT NULL,
        holder_certificate jsonb,
        sent boolean NOT NULL,
        offer jsonb,
        decline_reason text,
        disbursement_reference text,
        release_reason text,
        requested_at bigint NOT NULL,
        changed_at bigint NOT NULL,
        version integer NOT NULL
      );
      CREATE INDEX financings_object ON financings (object);
      CREATE INDEX financings_requested ON financings (requested_at, id);

      CREATE TABLE financing_repayments (
        financing bytea NOT NULL REFERENCES financings,
        number integer NOT NULL,
        amount text NOT NULL,
        reference text NOT NULL,
        received_at bigint NOT NULL,
        PRIMARY KEY (financing, number)
      );

      CREATE TABLE financing_evidence (
        financing bytea NOT NULL REFERENCES financings,
        root bytea NOT NULL,
        object bytea NOT NULL,
        kind text NOT NULL,
        disclosure jsonb NOT NULL,
        PRIMARY KEY (financing, root)
      );
      CREATE INDEX financing_evidence_root ON financing_evidence (root);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE financing_evidence, financing_repayments, financings');
  }
}
