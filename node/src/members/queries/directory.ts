import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { PG_POOL } from '../../database/index.js';
import { type ChainTable, IndexHead, readRows } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
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

/** Keeps the member tables in memory, which are small and asked at each step, and reads them again when the head moves. */
@Injectable()
export class Directory {
  private kept?: { head: string; snapshot: Promise<Snapshot> };

  constructor(
    @Inject(PG_POOL) private readonly pool: pg.Pool,
    private readonly head: IndexHead,
  ) {}

  /** The tables as of the indexed head or a later block. */
  current(): Promise<Snapshot> {
    const { hash: head } = this.head.current();
    if (this.kept?.head === head) return this.kept.snapshot;
    const snapshot = this.load();
    const kept = { head, snapshot };
    this.kept = kept;
    snapshot.catch(() => {
      if (this.kept === kept) this.kept = undefined;
    });
    return snapshot;
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
