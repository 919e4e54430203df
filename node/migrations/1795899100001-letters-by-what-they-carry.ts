import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Finds letters by what they carry: an erasure holds up all arrivals while it looks. Of those that came not only such as have
 * content: a note of its content, or its end, is then a change of the row alone, in no index.
 */
export class LettersByWhatTheyCarry1795899100001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX exchange_inbox_object ON exchange_inbox (object);
      CREATE INDEX exchange_inbox_carries ON exchange_inbox USING gin (carries);
      CREATE INDEX exchange_outbox_object ON exchange_outbox (object) WHERE body IS NOT NULL;
      CREATE INDEX exchange_outbox_carries ON exchange_outbox USING gin (carries) WHERE body IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX exchange_inbox_object, exchange_inbox_carries, exchange_outbox_object, exchange_outbox_carries
    `);
  }
}
