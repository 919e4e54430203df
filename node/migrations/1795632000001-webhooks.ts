import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where events are sent to, and what was sent. */
export class Webhooks1795632000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhooks (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        url text NOT NULL,
        description text NOT NULL,
        types text[],
        object bytea,
        status text NOT NULL DEFAULT 'ENABLED' CHECK (status IN ('ENABLED', 'DISABLED')),
        secret bytea NOT NULL,
        old_secret bytea,
        old_secret_until timestamptz,
        position text NOT NULL,
        failures int4 NOT NULL DEFAULT 0,
        failing_since timestamptz,
        last_error text,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        lease uuid,
        leased_until timestamptz,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON COLUMN webhooks.secret IS 'encrypted at rest';
      COMMENT ON COLUMN webhooks.position IS 'id of the last event that was written down in webhook_deliveries, or passed over';
      CREATE TABLE webhook_deliveries (
        seq int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        webhook uuid NOT NULL REFERENCES webhooks ON DELETE CASCADE,
        event_id text NOT NULL,
        type text NOT NULL,
        object bytea,
        body text,
        status text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'DELIVERED', 'SKIPPED')),
        attempts int4 NOT NULL DEFAULT 0,
        http_status int4,
        error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz
      );
      COMMENT ON COLUMN webhook_deliveries.body IS 'until it is settled: a repeat says the same, byte for byte';
      CREATE INDEX webhook_deliveries_list ON webhook_deliveries (webhook, seq DESC);
      CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (webhook, seq) WHERE status = 'PENDING';
      CREATE INDEX webhook_deliveries_settled ON webhook_deliveries (settled_at) WHERE status <> 'PENDING';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_deliveries, webhooks');
  }
}
