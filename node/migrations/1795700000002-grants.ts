import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Grants as their maker, the other owner and the grantee keep them, and what was disclosed under them: in the working
 * store while a grant is in force, sealed as credit files afterwards.
 */
export class Grants1795700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE grants (
        id bytea PRIMARY KEY,
        side text NOT NULL CHECK (side IN ('MAKER', 'OWNER', 'GRANTEE')),
        maker bigint NOT NULL,
        grantee bigint NOT NULL,
        object bytea NOT NULL,
        on_order boolean NOT NULL,
        purpose text NOT NULL,
        profile integer NOT NULL,
        fields jsonb NOT NULL,
        from_at bigint NOT NULL,
        until_at bigint NOT NULL,
        financing bytea,
        seed bytea NOT NULL,
        commitment bytea NOT NULL,
        needs_approval boolean NOT NULL,
        approval jsonb,
        random bytea,
        submission text,
        revocation text,
        created_at bigint NOT NULL
      );
      CREATE INDEX grants_object ON grants (object);
      CREATE INDEX grants_created ON grants (created_at, id);
      CREATE UNIQUE INDEX grants_financing ON grants (financing);

      CREATE TABLE granted_copies (
        grant_id bytea NOT NULL REFERENCES grants,
        root bytea NOT NULL,
        object bytea NOT NULL,
        kind text NOT NULL,
        wrapped_key bytea NOT NULL,
        payload bytea NOT NULL,
        PRIMARY KEY (grant_id, root)
      );
      CREATE INDEX granted_copies_root ON granted_copies (root);
      CREATE INDEX granted_copies_object ON granted_copies (object);

      CREATE TABLE credit_files (
        grant_id bytea NOT NULL REFERENCES grants,
        root bytea NOT NULL,
        object bytea NOT NULL,
        kind text NOT NULL,
        wrapped_key bytea NOT NULL,
        payload bytea NOT NULL,
        sealed_at bigint NOT NULL,
        retained_until bigint NOT NULL,
        PRIMARY KEY (grant_id, root)
      );
      CREATE INDEX credit_files_retained ON credit_files (retained_until);

      CREATE TABLE granted_out (
        grant_id bytea NOT NULL REFERENCES grants,
        root bytea NOT NULL,
        PRIMARY KEY (grant_id, root)
      );

      DROP TABLE financing_evidence;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE granted_out, credit_files, granted_copies, grants;
      CREATE TABLE financing_evidence (
        financing bytea NOT NULL REFERENCES financings,
        root bytea NOT NULL,
        object bytea NOT NULL,
        kind text NOT NULL,
        disclosure jsonb NOT NULL,
        PRIMARY KEY (financing, root)
      );
      CREATE INDEX financing_evidence_root ON financing_evidence (root);
    `);
  }
}
