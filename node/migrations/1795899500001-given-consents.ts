import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Consents that this member gave and may have to take back, and which ones anybody took back on chain. */
export class GivenConsents1795899500001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE given_consents (
        nonce bytea PRIMARY KEY,
        object bytea NOT NULL,
        act text NOT NULL,
        regarding bytea NOT NULL,
        signer bytea NOT NULL,
        deadline bigint NOT NULL
      );
      CREATE INDEX given_consents_object ON given_consents (object, act);
      CREATE TABLE chain_cancelled_nonces (
        signer bytea NOT NULL,
        nonce bytea NOT NULL,
        PRIMARY KEY (signer, nonce)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE chain_cancelled_nonces, given_consents');
  }
}
