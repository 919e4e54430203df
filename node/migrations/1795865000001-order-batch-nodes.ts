import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a proof of one order takes of its batch's tree beside the orders next to it. */
export class OrderBatchNodes1795865000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE order_batches ADD COLUMN nodes bytea;
      COMMENT ON COLUMN order_batches.nodes IS
        'of its tree, one level: a node for each 128 orders; null for a batch from before they were kept, until one of it is proven';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE order_batches DROP COLUMN nodes');
  }
}
