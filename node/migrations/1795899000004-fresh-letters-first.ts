import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the letters to a member in the order in which they are tried. */
export class FreshLettersFirst1795899000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX exchange_outbox_turn ON exchange_outbox (to_member, attempts, seq) WHERE status = 'READY'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX exchange_outbox_turn');
  }
}
