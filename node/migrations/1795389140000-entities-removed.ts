import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Legal entities that the chambers took from who had registered them. */
export class EntitiesRemoved1795389140000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE chain_entities ADD COLUMN removed_block int8');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE chain_entities DROP COLUMN removed_block');
  }
}
