import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { PG_POOL } from '../../database/index.js';
import { type BlockRef, type ChainTable, IndexHead, readCheckpoint, readRows } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { type Member, memberOf } from '../domain/member.js';
import { type AccountRow, chainAccounts } from '../storage/chain-accounts.js';
import { chainKeys, type KeyRow } from '../storage/chain-keys.js';
import { chainMembers } from '../storage/chain-members.js';

/** All members with their accounts and keys, as of one indexed head. */
export interface Snapshot {
  readonly members: readonly Member[];
  readonly byId: ReadonlyMap<number, Member>;
  readonly byName: ReadonlyMap<string, Member>;
  readonly accounts: ReadonlyMap<Hex, AccountRow>;
  readonly keys: ReadonlyMap<Hex, KeyRow>;
}

interface Reading {
  readonly snapshot: Snapshot;
  /** The block at which the tables stood. */
  readonly at: BlockRef;
}

/**
 * Where the tables stand now, and whether they say of members what they said at another block: that one is indexed still, which settles all
 * before it, and no event of the member registry came above it.
 */
const UNCHANGED = `
  SELECT number, hash, timestamp,
         EXISTS (SELECT FROM indexer_blocks b WHERE b.number = $1 AND b.hash = $2)
           AND NOT EXISTS (SELECT FROM chain_events WHERE block > $1 AND contract = 'MemberRegistry') AS unchanged
  FROM indexer_checkpoint`;

/** Keeps the member tables in memory, which are small and asked at each step, and reads them again when one may have changed. */
@Injectable()
export class Directory {
  private kept?: { head: string; reading: Promise<Reading> };

  constructor(
    @Inject(PG_POOL) private readonly pool: pg.Pool,
    private readonly head: IndexHead,
  ) {}

  /** The tables as of the indexed head or a later block. */
  async current(): Promise<Snapshot> {
    const { hash: head } = this.head.current();
    if (this.kept?.head !== head) {
      const kept = { head, reading: this.read(this.kept?.reading) };
      this.kept = kept;
      kept.reading.catch(() => {
        if (this.kept === kept) this.kept = undefined;
      });
    }
    return (await this.kept.reading).snapshot;
  }

  private async read(before: Promise<Reading> | undefined): Promise<Reading> {
    const known = await before?.catch(() => undefined);
    return (known && (await this.unchanged(known))) ?? this.load();
  }

  /** The same as of where the tables stand now, unless they may say something else. */
  private async unchanged({ snapshot, at }: Reading): Promise<Reading | undefined> {
    const { rows } = await this.pool.query<{ number: string; hash: Buffer; timestamp: string; unchanged: boolean }>(
      UNCHANGED,
      [at.number, toBytes(at.hash)],
    );
    const { number, hash, timestamp, unchanged } = rows[0]!;
    if (!unchanged) return undefined;
    return { snapshot, at: { number: Number(number), hash: toHex(hash), timestamp: Number(timestamp) } };
  }

  /** All of it as of one block, whatever is indexed or taken back meanwhile. */
  private async load(): Promise<Reading> {
    const client = await this.pool.connect();
    let sound = false;
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const at = await readCheckpoint(client);
      const members = (await all(client, chainMembers, 'member')).map(memberOf);
      const accounts = await all(client, chainAccounts, 'added_block, account');
      const keys = await all(client, chainKeys, 'added_block, kind, number, key');
      await client.query('COMMIT');
      sound = true;
      const snapshot = {
        members,
        byId: new Map(members.map((member) => [member.id, member])),
        byName: new Map(members.map((member) => [member.name, member])),
        accounts: new Map(accounts.map((row) => [row.account, row])),
        keys: new Map(keys.map((row) => [row.key, row])),
      };
      return { snapshot, at };
    } finally {
      client.release(!sound);
    }
  }
}

async function all<Row>(client: pg.ClientBase, table: ChainTable<Row>, order: string): Promise<Row[]> {
  const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM ${table.name} ORDER BY ${order}`);
  return readRows(table, rows);
}
