import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which letter a document was shown: a lender may have refused it. */
export class ShownByLetter1795899600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE financing_shown ADD COLUMN letter uuid;
      COMMENT ON COLUMN financing_shown.letter IS 'the envelope that it went in last; null where no letter takes it';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE financing_shown DROP COLUMN letter');
  }
}
