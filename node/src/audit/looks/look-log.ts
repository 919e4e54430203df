import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { PG_POOL, statement, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { LookEntry } from './look.js';

interface Waiting {
  readonly entries: readonly LookEntry[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** All entries in one statement, planned once a connection; each look at this node under a grant is noted for its owners too. */
const INSERT = statement(`
  WITH added AS (
    INSERT INTO access_log (block, viewer, reader, object, root, fields, grant_id, purpose, outcome, reason, seen_at, envelope, request_id)
    SELECT * FROM unnest($1::int8[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::text[], $7::bytea[], $8::text[],
                         $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
    RETURNING id, grant_id, envelope)
  INSERT INTO looks_to_report (id) SELECT id FROM added WHERE grant_id IS NOT NULL AND envelope IS NULL`);

/** The access log: who saw which fields of what. Rows are added, never changed. */
@Injectable()
export class LookLog {
  private waiting: Waiting[] = [];
  private writing = false;
  private readonly listeners: (() => void)[] = [];

  constructor(
    @Inject(PG_POOL) private readonly pool: pg.Pool,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Resolves once the looks are durable. Those that come while others are being written go together in the next
   * statement, so that many readers share one commit.
   */
  async add(entries: readonly LookEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const durable = new Promise<void>((resolve, reject) => this.waiting.push({ entries, resolve, reject }));
    if (!this.writing) void this.write();
    await durable;
  }

  /** Adds what another member's node told of, within the current unit of work. */
  async take(entries: readonly LookEntry[]): Promise<void> {
    await this.unitOfWork.manager.query(INSERT.text, valuesOf(entries));
  }

  /** Adds looks at this node within the current unit of work: what it keeps for later showings is not kept without them. */
  async addInUnit(entries: readonly LookEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.take(entries);
    this.unitOfWork.afterCommit(() => this.tellListeners());
  }

  /** Calls `listener` after looks were added at this process: once for those that were written together. */
  onAdded(listener: () => void): void {
    this.listeners.push(listener);
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      await this.insert(group);
    }
    this.writing = false;
  }

  private async insert(group: readonly Waiting[]): Promise<void> {
    try {
      await this.pool.query({ ...INSERT, values: valuesOf(group.flatMap(({ entries }) => entries)) });
    } catch (error) {
      // What is refused of one reader is that reader's alone. Of any other failure nobody knows whether all of it was written.
      if (group.length > 1 && isRefused(error)) await Promise.all(group.map((one) => this.insert([one])));
      else for (const { reject } of group) reject(error);
      return;
    }
    for (const { resolve } of group) resolve();
    this.tellListeners();
  }

  private tellListeners(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Whether PostgreSQL took none of it for what is in it. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23].{3}$/.test(String(error.code));
}

function valuesOf(entries: readonly LookEntry[]): unknown[] {
  const bytes = (hex: Hex | null) => hex && toBytes(hex);
  return [
    entries.map(({ block }) => block),
    entries.map(({ viewer }) => viewer),
    entries.map(({ reader }) => reader),
    entries.map(({ object }) => toBytes(object)),
    entries.map(({ root }) => bytes(root)),
    entries.map(({ fields }) => JSON.stringify(fields)),
    entries.map(({ grant }) => bytes(grant)),
    entries.map(({ purpose }) => purpose),
    entries.map(({ outcome }) => outcome),
    entries.map(({ reason }) => reason ?? null),
    entries.map(({ seenAt }) => seenAt),
    entries.map(({ envelope }) => envelope),
    entries.map(({ requestId }) => requestId),
  ];
}
