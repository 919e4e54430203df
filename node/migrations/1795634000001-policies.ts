import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules that this member set, and commands that wait for a second person. */
export class Policies1795634000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy_packs (
        scope text NOT NULL CHECK (scope IN ('MEMBER', 'CONSORTIUM')),
        version int4 NOT NULL,
        content jsonb NOT NULL,
        set_by text NOT NULL,
        set_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (scope, version)
      );
      COMMENT ON TABLE policy_packs IS 'never changed: the highest version of a scope is in force';
      CREATE TABLE approvals (
        id uuid PRIMARY KEY,
        digest bytea NOT NULL,
        action text NOT NULL,
        url text NOT NULL,
        media_type text,
        content bytea,
        clauses jsonb NOT NULL,
        requested_by text NOT NULL,
        requester_name text NOT NULL,
        requester_roles text[] NOT NULL,
        status text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED', 'USED', 'EXPIRED')),
        reason text,
        decided_by text,
        requested_at timestamptz NOT NULL DEFAULT now(),
        decided_at timestamptz,
        used_at timestamptz,
        expires_at timestamptz NOT NULL
      );
      COMMENT ON COLUMN approvals.digest IS 'of caller, route and bytes: the same command again finds its approval';
      COMMENT ON COLUMN approvals.content IS 'the body, encrypted at rest';
      CREATE UNIQUE INDEX approvals_open ON approvals (digest) WHERE status IN ('PENDING', 'APPROVED');
      CREATE INDEX approvals_digest ON approvals (digest);
      CREATE INDEX approvals_list ON approvals (requested_at DESC, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE approvals, policy_packs');
  }
}
