import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much of each member's letters came in on a day. */
export class Arrivals1795899000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exchange_arrivals (
        from_member int4 NOT NULL,
        day date NOT NULL,
        bytes int8 NOT NULL,
        PRIMARY KEY (from_member, day)
      );
      COMMENT ON COLUMN exchange_arrivals.day IS 'UTC';
      COMMENT ON COLUMN exchange_arrivals.bytes IS 'of envelopes as their sender signed them, those alone that were new'
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE exchange_arrivals');
  }
}
