import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Members, their accounts and keys, legal entities and votes as the chain has them, and what this node learnt itself. */
export class Members1795386000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chain_members (
        member int4 PRIMARY KEY,
        name text NOT NULL UNIQUE,
        admin bytea NOT NULL,
        roles int4 NOT NULL,
        chamber int4 NOT NULL,
        suspended bool NOT NULL,
        endpoint text,
        admitted_block int8 NOT NULL,
        version int4 NOT NULL
      );
      CREATE TABLE chain_accounts (
        account bytea PRIMARY KEY,
        member int4 NOT NULL,
        added_block int8 NOT NULL,
        revoked_block int8,
        doubt_block int8
      );
      CREATE TABLE chain_keys (
        key bytea PRIMARY KEY,
        member int4 NOT NULL,
        kind int4 NOT NULL,
        number int4 NOT NULL,
        public_key bytea NOT NULL,
        added_block int8 NOT NULL,
        revoked_block int8,
        doubt_block int8
      );
      CREATE TABLE chain_entities (
        entity bytea PRIMARY KEY,
        member int4 NOT NULL,
        registered_block int8 NOT NULL
      );
      CREATE TABLE chain_proposals (
        proposal bytea PRIMARY KEY,
        proposer int4 NOT NULL,
        kind int4 NOT NULL,
        payload bytea NOT NULL,
        reason bytea NOT NULL,
        created_block int8 NOT NULL,
        created_at int8 NOT NULL,
        voting_ends int8 NOT NULL,
        sizes int4[] NOT NULL,
        approvals int4[] NOT NULL,
        executable_at int8,
        executed_block int8,
        version int4 NOT NULL
      );
      CREATE INDEX chain_proposals_newest ON chain_proposals (created_block DESC, proposal);
      CREATE TABLE chain_votes (
        proposal bytea NOT NULL,
        member int4 NOT NULL,
        approve bool NOT NULL,
        cast_block int8 NOT NULL,
        PRIMARY KEY (proposal, member)
      );
      CREATE TABLE member_parties (
        entity bytea PRIMARY KEY,
        member int4 NOT NULL,
        learnt_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE member_proposal_reasons (
        proposal bytea PRIMARY KEY,
        salt bytea NOT NULL,
        reason text NOT NULL
      );
      COMMENT ON TABLE member_parties IS
        'legal entities, as salted hashes, by the member that was first seen to use them (TRADEPROOF_PARTIES=learn)';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE member_proposal_reasons, member_parties, chain_votes, chain_proposals, chain_entities, chain_keys,
        chain_accounts, chain_members
    `);
  }
}
