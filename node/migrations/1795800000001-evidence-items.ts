import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Evidence in bulk: items by id and subject; parcels of them, sealed, each with the tree over its items; batches of parcels as they
 * were sent to be anchored; and which number each anchoring of this member asked for.
 */
export class EvidenceItems1795800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE evidence_batches (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        root bytea NOT NULL UNIQUE,
        leaves int8 NOT NULL,
        nodes bytea NOT NULL,
        submission text NOT NULL,
        settled boolean NOT NULL DEFAULT false
      );
      CREATE INDEX evidence_batches_open ON evidence_batches (id) WHERE NOT settled;

      CREATE TABLE evidence_parcels (
        root bytea PRIMARY KEY,
        place bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        items int NOT NULL,
        leaves int NOT NULL,
        nodes bytea NOT NULL,
        node_key text,
        wrapped_key bytea NOT NULL,
        payload bytea NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        batch_id bigint,
        position int
      );
      CREATE INDEX evidence_parcels_waiting ON evidence_parcels (place) WHERE batch_id IS NULL;
      CREATE INDEX evidence_parcels_node_key ON evidence_parcels (node_key);
      ALTER TABLE evidence_parcels ALTER COLUMN nodes SET STORAGE EXTERNAL, ALTER COLUMN payload SET STORAGE EXTERNAL;

      CREATE TABLE evidence_items (
        id text COLLATE "C" PRIMARY KEY,
        parcel bigint NOT NULL,
        position int NOT NULL,
        object bytea
      );
      CREATE INDEX evidence_items_place ON evidence_items (parcel, position);
      CREATE INDEX evidence_items_object ON evidence_items (object, parcel, position) WHERE object IS NOT NULL;

      CREATE TABLE anchor_numbers (
        submission text PRIMARY KEY,
        batch int8 NOT NULL
      );
      CREATE INDEX anchor_numbers_batch ON anchor_numbers (batch);
      CREATE INDEX chain_anchors_root ON chain_anchors (root);
      COMMENT ON COLUMN evidence_parcels.nodes IS 'tree over its leaves, root first; ciphertext and hashes do not compress';
      COMMENT ON COLUMN evidence_batches.nodes IS 'tree over the roots of its parcels, root first';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX chain_anchors_root;
      DROP TABLE anchor_numbers, evidence_items, evidence_parcels, evidence_batches;`);
  }
}
