import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds envelopes that are done with by their age. */
export class LettersDone1795390700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const box of ['inbox', 'outbox'])
      await runner.query(`CREATE INDEX exchange_${box}_settled ON exchange_${box} USING brin (settled_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX exchange_inbox_settled, exchange_outbox_settled');
  }
}
