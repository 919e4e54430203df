import type pg from 'pg';
import type { Batch } from './batch.js';
import { writeBatch } from './write-batch.js';

/**
 * Batches on their way into the tables, each on a connection of its own and two at most: one process of PostgreSQL takes in
 * a backlog slower than it is made. They are committed in their order, each only where the one before it left the checkpoint.
 */
export class BatchWriter {
  private last: Promise<void> = Promise.resolve();
  private lastButOne: Promise<void> = Promise.resolve();
  private isOwnFree = true;
  private committed = 0;

  /** `own` holds the leader's lock; of `pool` a connection is borrowed for what is written beside it. */
  constructor(
    private readonly own: pg.ClientBase,
    private readonly pool: pg.Pool,
  ) {}

  /** Resolves when it is being written. Rejects as one before it did, and nothing that comes after that is written. */
  async write(batch: Batch): Promise<void> {
    await this.lastButOne;
    // Had before the next one begins, which would wait for this one while it keeps out whoever wants to change the tables.
    const borrowed = this.isOwnFree ? null : await this.pool.connect();
    this.lastButOne = this.last;
    this.last = borrowed ? this.beside(borrowed, batch, this.last) : this.onOwn(batch, this.last);
    // Seen by whoever settles, or writes, next.
    this.last.catch(() => undefined);
  }

  /** How many are written. */
  get written(): number {
    return this.committed;
  }

  /** Resolves when all is written. */
  settle(): Promise<void> {
    return this.last;
  }

  /** Resolves when nothing is under way any more, whatever became of it. */
  async ended(): Promise<void> {
    await Promise.allSettled([this.lastButOne, this.last]);
  }

  private async onOwn(batch: Batch, before: Promise<void>): Promise<void> {
    this.isOwnFree = false;
    await writeBatch(this.own, batch, before);
    this.committed++;
    this.isOwnFree = true;
  }

  private async beside(client: pg.PoolClient, batch: Batch, before: Promise<void>): Promise<void> {
    try {
      await writeBatch(client, batch, before);
      this.committed++;
    } finally {
      client.release();
    }
  }
}
