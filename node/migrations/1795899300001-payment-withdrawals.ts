import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Claims to have paid that their obligor took back. */
export class PaymentWithdrawals1795899300001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE chain_payments ADD COLUMN withdrawn jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE chain_payments DROP COLUMN withdrawn');
  }
}
