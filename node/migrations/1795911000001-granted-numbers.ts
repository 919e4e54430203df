import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What copies of orders are found by when somebody asks for an order number; null for those that nobody asked for since they came. */
export class GrantedNumbers1795911000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE granted_copies ADD COLUMN number_tag bytea');
    await runner.query(`CREATE INDEX granted_copies_number ON granted_copies (number_tag) WHERE kind = 'ORDER'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE granted_copies DROP COLUMN number_tag');
  }
}
