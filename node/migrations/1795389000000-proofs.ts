import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Changes of the chain's validators that this node followed from its trust file on: node-owned. */
export class Proofs1795389000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE validator_changes (
        block int8 PRIMARY KEY,
        previous int8 NOT NULL UNIQUE,
        checkpoint jsonb NOT NULL,
        headers bytea[] NOT NULL
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE validator_changes');
  }
}
