import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What letters carry beside what they are about, and what of it was erased here. */
export class LettersCarry1795899000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const box of ['inbox', 'outbox'])
      await runner.query(`
        ALTER TABLE exchange_${box} ADD COLUMN carries bytea[] NOT NULL DEFAULT '{}';
        COMMENT ON COLUMN exchange_${box}.carries IS 'further objects, and roots of documents, that its content names';
      `);
    await runner.query(`
      CREATE TABLE exchange_forgotten (id bytea PRIMARY KEY);
      COMMENT ON TABLE exchange_forgotten IS 'objects and roots of documents that were erased: of letters that carry one no content is kept';
      INSERT INTO exchange_forgotten
        SELECT object FROM erasures
        UNION SELECT unnest(documents) FROM erasures
        UNION SELECT f.id FROM financings f JOIN erasures e ON e.object = f.object;
      UPDATE exchange_inbox i SET signed = NULL
        FROM exchange_forgotten f WHERE f.id = i.object AND i.status = 'HANDLED' AND i.signed IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE exchange_forgotten;
      ALTER TABLE exchange_inbox DROP COLUMN carries;
      ALTER TABLE exchange_outbox DROP COLUMN carries;
    `);
  }
}
