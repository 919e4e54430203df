import { Injectable } from '@nestjs/common';
import { statement, UnitOfWork } from '../../database/index.js';
import { IndexHead, objectsAbove } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { inForce } from '../storage/grant.store.js';
import { rootsOfOrder, rootsOfReceivable } from './subjects.js';

/** A grant by what has to be asked before anything is shown under it. */
export interface GrantWithNews {
  readonly id: Hex;
  readonly maker: number;
  readonly grantee: number;
}

interface Row {
  readonly id: Buffer;
  readonly maker: string;
  readonly grantee: string;
}

/** What a look saw, from which the next one goes on. */
interface Look {
  /** Last block of which it saw everything. */
  readonly block: number;
  /** Block time by which grants were in force. */
  readonly now: number;
  /** What it found: something may be in the way of showing it, such as a document that is not here yet. */
  readonly found: readonly Hex[];
}

/** All grants are looked through so often (ms): for what neither the chain nor time tells, and what a reorg replaced. */
const WHOLE_EVERY_MS = 60_000;
/** After more blocks than these all grants are looked through at once. */
const MANY_BLOCKS = 1_000;

const unsent = (roots: string) => `EXISTS (SELECT FROM (${roots}) AS document
  WHERE NOT EXISTS (SELECT FROM granted_out o WHERE o.grant_id = g.id AND o.root = document.root))`;

const hasNews = (now: string) =>
  `g.side = 'MAKER' AND g.financing IS NULL AND g.revocation IS NULL AND ${inForce(now)}
    AND CASE WHEN g.on_order THEN ${unsent(rootsOfOrder('g.object'))} ELSE ${unsent(rootsOfReceivable('g.object'))} END`;

const ALL = `SELECT g.id, g.maker, g.grantee FROM grants g WHERE ${hasNews('$1::int8')} ORDER BY g.id`;

/** Those found before, those made or about whose object something happened in later blocks, and those that began since. */
const SOME = statement(`WITH touched AS MATERIALIZED (SELECT DISTINCT unnest($3::bytea[]) AS object),
  asked AS MATERIALIZED (
    SELECT unnest($4::bytea[]) AS id
    UNION SELECT g.id FROM touched t JOIN grants g ON g.object = t.object
    UNION SELECT g.id FROM touched t JOIN grants g ON g.id = t.object
    UNION SELECT id FROM grants WHERE side = 'MAKER' AND from_at > $2 AND from_at <= $1
  )
  SELECT g.id, g.maker, g.grantee FROM asked JOIN grants g ON g.id = asked.id WHERE ${hasNews('$1::int8')} ORDER BY g.id`);

/** Which grants there is something to do about: of thousands that stand, mostly none. Of 10,000 it takes 120 ms to find that out, and 5 to 9 of those that it can be of. */
@Injectable()
export class GrantsWithNews {
  private last: Look | undefined;
  private wholeAt = -Infinity;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly head: IndexHead,
  ) {}

  /**
   * Grants that this member made, has not begun to take back, that are in force at block time `now`, and whose object has documents on chain that
   * the grantee was not sent: at once what comes of blocks and of time, all else within a minute. Those of financings are shown by the financing.
   */
  async at(now: number): Promise<GrantWithNews[]> {
    // Before it is looked: what comes meanwhile is looked at again.
    const { number: block } = this.head.current();
    const rows = await this.look(block, now);
    const found = rows.map(({ id, maker, grantee }) => ({
      id: toHex(id),
      maker: Number(maker),
      grantee: Number(grantee),
    }));
    this.last = { block, now, found: found.map(({ id }) => id) };
    return found;
  }

  private async look(block: number, now: number): Promise<Row[]> {
    const { last } = this;
    const { manager } = this.unitOfWork;
    const started = performance.now();
    const isSome =
      last && block >= last.block && block - last.block <= MANY_BLOCKS && started - this.wholeAt < WHOLE_EVERY_MS;
    const objects = isSome ? await objectsAbove(manager, last.block) : undefined;
    if (last && objects) return this.unitOfWork.read<Row>(SOME, [now, last.now, objects, last.found.map(toBytes)]);
    const rows = await manager.query<Row[]>(ALL, [now]);
    this.wholeAt = started;
    return rows;
  }
}
