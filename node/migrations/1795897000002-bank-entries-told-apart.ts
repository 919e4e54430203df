import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A bank's reference may stand for several movements: those on different receivables are different ones. */
export class BankEntriesToldApart1795897000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bank_entries ADD COLUMN amount text, DROP CONSTRAINT bank_entries_pkey, ADD PRIMARY KEY (key, receivable);
      COMMENT ON COLUMN bank_entries.key IS 'hash of account, direction, the bank''s own reference and, where that is counted anew in each message, the booking date';
      COMMENT ON COLUMN bank_entries.amount IS 'in minor units, with the currency; null for movements from before it was kept';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM bank_entries a USING bank_entries b WHERE a.key = b.key AND a.receivable > b.receivable;
      ALTER TABLE bank_entries DROP COLUMN amount, DROP CONSTRAINT bank_entries_pkey, ADD PRIMARY KEY (key);
    `);
  }
}
