import { Logger } from '@nestjs/common';
import type pg from 'pg';
import type { Block, ChainClient, LogDecoder, Range } from '../chain/index.js';
import {
  analyzeChainTables,
  deferIndexes,
  hasDeferredIndexes,
  LOCK_NOT_AVAILABLE,
  MAKE_DEFERRED_INDEXES,
  MAKE_SOME_DEFERRED_INDEXES,
  NO_LONG_WAIT,
} from '../database/index.js';
import { Applier } from './applier.js';
import { BatchWriter } from './batch-writer.js';
import { CheckpointMoved, readBeforeRebuild, readCheckpoint } from './checkpoint.js';
import type { BlockRef } from './index-head.js';
import type { ProjectionRegistry } from './projection-registry.js';
import { RangeFetcher } from './range-fetcher.js';
import { endRebuild, isAnyKept, keptBlocks, rewindTo, wipe } from './rewind.js';
import { type LoadRows, RowCache } from './row-cache.js';
import { inTransaction } from './transaction.js';

/** What indexing works with. */
export interface IndexingParts {
  readonly chain: ChainClient;
  readonly decoder: LogDecoder;
  readonly registry: ProjectionRegistry;
  readonly load: LoadRows;
  /** Of the same database. */
  readonly pool: pg.Pool;
  /** First block that can hold an event of the deployment. */
  readonly startBlock: number;
  /** How many of the last blocks can be rewound. */
  readonly keptBlocks: number;
  /** From so many blocks on, what an empty index has to catch up with goes in without secondary indexes. */
  readonly backlogBlocks: number;
}

/** How long to wait before a range that did not fit is read again (ms): endpoints on different forks must settle. */
const READ_AGAIN_MS = 100;

/** So many blocks are compared at a time with what the chain has now. */
const COMPARED = 16;

/**
 * One leader's work on the tables, from the connection that holds the lock: reads on from the checkpoint, goes back
 * when the chain did. Backfill and following are the same. After a rejection it must be made anew.
 */
export class Indexing {
  private readonly logger = new Logger(Indexing.name);
  private fetcher!: RangeFetcher;
  private applier!: Applier;
  private position!: BlockRef;
  private head: Block | null = null;
  /** Whether secondary indexes are left to make. */
  private deferred = false;
  /** Whether PostgreSQL knows nothing yet of what the tables hold: a backlog went in. */
  private unknown = false;
  /** Whether there is something to go back to: from then on images are taken in each batch, and dropped, without a gap. */
  private keeps = false;
  /** The last block before a rebuild that has not come to it again. */
  private rebuiltTo: number | null = null;
  /** The last batches are written while the next one is made. */
  private readonly writer: BatchWriter;

  private constructor(
    private readonly client: pg.ClientBase,
    private readonly parts: IndexingParts,
  ) {
    this.writer = new BatchWriter(client, parts.pool);
  }

  static async resume(client: pg.ClientBase, parts: IndexingParts): Promise<Indexing> {
    const indexing = new Indexing(client, parts);
    await indexing.restart();
    indexing.deferred = await hasDeferredIndexes(client);
    return indexing;
  }

  /** The last block that is applied; written, once {@link settle} resolves. */
  get current(): BlockRef {
    return this.position;
  }

  /** How many batches are written. */
  get written(): number {
    return this.writer.written;
  }

  /** Goes one step on. Resolves to false when nothing is left to do until the chain moves. */
  async step(): Promise<boolean> {
    if (!this.head || this.position.number >= this.head.number) {
      await this.settle();
      this.head = await this.parts.chain.head();
    }
    const { number, hash } = this.position;
    if (number === this.head.number && hash === this.head.hash) return this.idle();
    const isEmpty = number < this.parts.startBlock;
    if (number >= this.head.number && !isEmpty) return this.rewind();
    const from = Math.max(number + 1, this.parts.startBlock);
    if (from > this.head.number) return this.idle();
    if (isEmpty && this.head.number - from >= this.parts.backlogBlocks) await this.deferIndexes();
    const range = await this.take(from, this.head);
    if (!isEmpty && range.blocks[0]!.parentHash !== hash) return this.rewind();
    // Whoever waits for the head finds them.
    if (this.deferred && range.blocks.at(-1)!.number >= this.head.number) await this.makeIndexes();
    await this.advance(range, this.keepFrom(range, this.head));
    return true;
  }

  /**
   * What is older is not kept. Counted back from what is applied: how far the chain is an endpoint says, and a head costs nothing to make up; a
   * far one would drop all that there is to go back to. Only while nothing is kept, as in a first fill, is that far behind the head not recorded.
   */
  private keepFrom({ blocks }: Range, head: Block): number {
    const last = blocks.at(-1)!.number;
    const keepFrom = (this.keeps ? last : head.number) - this.parts.keptBlocks;
    this.keeps ||= last >= keepFrom;
    return keepFrom;
  }

  private async take(from: number, head: Block): Promise<Range> {
    try {
      return await this.fetcher.take(from, head);
    } catch (error) {
      // It may be gone from the chain.
      this.head = null;
      throw error;
    }
  }

  /** Resolves when all that was applied is written. */
  settle(): Promise<void> {
    return this.writer.settle();
  }

  /** Resolves when nothing is under way any more, whatever became of it. */
  ended(): Promise<void> {
    return this.writer.ended();
  }

  /** Nobody else may have written, or wiped, meanwhile. */
  private async idle(): Promise<false> {
    // What the chain took back may have been the range that was to have them.
    if (this.deferred && this.position.number >= this.parts.startBlock) await this.makeIndexes();
    const { number, hash } = await readCheckpoint(this.client);
    if (number !== this.position.number || hash !== this.position.hash) throw new CheckpointMoved();
    if (this.unknown) await this.analyze();
    if (this.rebuiltTo !== null && number < this.rebuiltTo) await endRebuild(this.client);
    this.rebuiltTo = null;
    return false;
  }

  /** While somebody reads a table for long, as a backup does, the backlog goes in with the indexes: slower, and not never. */
  private async deferIndexes(): Promise<void> {
    const done = await this.unlessInUse(
      'a table is in use for long: the backlog goes in with all indexes',
      deferIndexes,
    );
    if (done) this.deferred = true;
  }

  private async makeIndexes(): Promise<void> {
    await this.settle();
    const { pool } = this.parts;
    await Promise.all([this.client, pool, pool, pool].map((maker) => maker.query(MAKE_SOME_DEFERRED_INDEXES)));
    await this.client.query(MAKE_DEFERRED_INDEXES);
    this.deferred = false;
    this.unknown = true;
  }

  /** Once the head is told. PostgreSQL would come to it within a minute or so, and until then go through whole tables for a page. */
  private async analyze(): Promise<void> {
    this.unknown = false;
    await this.unlessInUse(
      'a table is in use for long: PostgreSQL finds out by itself what came in',
      analyzeChainTables,
    );
  }

  /** What waits for a lock for long is left, as following would wait with it. Gives whether it was done. */
  private async unlessInUse(otherwise: string, change: (client: pg.ClientBase) => Promise<void>): Promise<boolean> {
    try {
      await inTransaction(this.client, async () => {
        await this.client.query(NO_LONG_WAIT);
        await change(this.client);
      });
      return true;
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      this.logger.warn(otherwise);
      return false;
    }
  }

  private async advance(range: Range, keepFrom: number): Promise<void> {
    const batch = await this.applier.apply(range, this.position, keepFrom);
    await this.writer.write(batch);
    this.position = batch.to;
    this.parts.chain.noteSeen(batch.to.number);
  }

  /** Back to the last block that the chain still has, or to nothing when it is older than what is kept. */
  private async rewind(): Promise<true> {
    await this.settle();
    const from = this.position;
    if ((await this.parts.chain.block(from.number))?.hash === from.hash) return this.readAgain();
    const to = await this.commonAncestor();
    if (to) {
      this.logger.warn({ from: from.number, to: to.number }, 'the chain changed: rewinding the index');
      await rewindTo(this.client, from, to);
    } else {
      this.logger.error({ from: from.number }, 'the chain changed further back than is kept: indexing it anew');
      await inTransaction(this.client, async () => {
        await this.client.query(NO_LONG_WAIT);
        await wipe(this.client);
      });
    }
    await this.restart();
    return true;
  }

  /** The chain has not changed here: the range was fetched before a reorg further up, or from an endpoint on a fork. */
  private async readAgain(): Promise<true> {
    this.fetcher.reset();
    this.head = null;
    await new Promise((resolve) => setTimeout(resolve, READ_AGAIN_MS));
    return true;
  }

  private async commonAncestor(): Promise<BlockRef | undefined> {
    const kept = await keptBlocks(this.client);
    for (let at = 0; at < kept.length; at += COMPARED) {
      const some = kept.slice(at, at + COMPARED);
      const now = await Promise.all(some.map(({ number }) => this.parts.chain.block(number)));
      const found = some.find(({ hash }, index) => now[index]?.hash === hash);
      if (found) return found;
    }
    return undefined;
  }

  private async restart(): Promise<void> {
    const { decoder, registry, load } = this.parts;
    const at = await readCheckpoint(this.client);
    // After it: what a leader before this one still writes until then moves the checkpoint.
    this.keeps = await isAnyKept(this.client);
    this.rebuiltTo = await readBeforeRebuild(this.client);
    this.position = at;
    this.head = null;
    // There the checkpoint's hash says whether the chain is the one that was indexed before.
    this.fetcher = new RangeFetcher(this.parts.chain, this.rebuiltTo);
    // Whoever has not even that lags behind.
    this.parts.chain.noteSeen(Math.max(at.number, this.rebuiltTo ?? -1));
    this.applier = new Applier(decoder, registry, new RowCache(load, at.number < 0));
  }
}
