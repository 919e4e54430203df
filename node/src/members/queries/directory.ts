import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { PG_POOL } from '../../database/index.js';
import { type BlockRef, type ChainTable, IndexHead, readCheckpoint, readRows } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
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
  /** The tables stood at this block or a later one when they were read, ... */
  readonly from: BlockRef;
  /** ... and at this one or an earlier one. */
  readonly to: BlockRef;
}

/** Whether a block is indexed still, and none above another has an event of the member registry. */
const UNCHANGED = `
  SELECT EXISTS (SELECT FROM indexer_blocks WHERE number = $1 AND hash = $2)
     AND NOT EXISTS (SELECT FROM chain_events WHERE block > $3 AND contract = 'MemberRegistry') AS unchanged`;

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
    const head = this.head.current();
    if (this.kept?.head !== head.hash) {
      const kept = { head: head.hash, reading: this.read(head, this.kept?.reading) };
      this.kept = kept;
      kept.reading.catch(() => {
        if (this.kept === kept) this.kept = undefined;
      });
    }
    return (await this.kept.reading).snapshot;
  }

  private async read(head: BlockRef, before: Promise<Reading> | undefined): Promise<Reading> {
    const known = await before?.catch(() => undefined);
    if (known && (await this.isUnchanged(known))) return { ...known, from: head, to: head };
    const snapshot = await this.load();
    return { snapshot, from: head, to: await readCheckpoint(this.pool) };
  }

  private async isUnchanged({ from, to }: Reading): Promise<boolean> {
    const { rows } = await this.pool.query<{ unchanged: boolean }>(UNCHANGED, [
      to.number,
      toBytes(to.hash),
      from.number,
    ]);
    return rows[0]!.unchanged;
  }

  private async load(): Promise<Snapshot> {
    const [rows, accounts, keys] = await Promise.all([
      this.all(chainMembers, 'member'),
      this.all(chainAccounts, 'added_block, account'),
      this.all(chainKeys, 'added_block, kind, number, key'),
    ]);
    const members = rows.map(memberOf);
    return {
      members,
      byId: new Map(members.map((member) => [member.id, member])),
      byName: new Map(members.map((member) => [member.name, member])),
      accounts: new Map(accounts.map((row) => [row.account, row])),
      keys: new Map(keys.map((row) => [row.key, row])),
    };
  }

  private async all<Row>(table: ChainTable<Row>, order: string): Promise<Row[]> {
    const { rows } = await this.pool.query<Record<string, unknown>>(`SELECT * FROM ${table.name} ORDER BY ${order}`);
    return readRows(table, rows);
  }
}
