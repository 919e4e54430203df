import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Acknowledgements of payments on their way to the chain, and what rests on them. */
export class Acknowledgements1795860000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE payment_acknowledgements (
        payment bytea PRIMARY KEY,
        receivable bytea NOT NULL,
        submission uuid NOT NULL
      );
      COMMENT ON COLUMN payment_acknowledgements.payment IS 'root of the claim to have paid';
      CREATE INDEX payment_acknowledgements_receivable ON payment_acknowledgements (receivable);
      ALTER TABLE bank_entries ADD COLUMN payment bytea, ADD COLUMN submission uuid;
      COMMENT ON COLUMN bank_entries.payment IS 'root of the claim that it was taken as, or acknowledged';
      COMMENT ON COLUMN bank_entries.submission IS 'when it fails, the movement was not taken';
      ALTER TABLE financing_repayments ADD COLUMN acknowledgement uuid;
      COMMENT ON COLUMN financing_repayments.acknowledgement IS 'submission that acknowledges the payment: when it fails, nothing was repaid';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE financing_repayments DROP COLUMN acknowledgement;
      ALTER TABLE bank_entries DROP COLUMN payment, DROP COLUMN submission;
      DROP TABLE payment_acknowledgements;
    `);
  }
}
