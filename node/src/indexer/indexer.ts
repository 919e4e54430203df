import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { type HeadSignal, RpcError } from '../chain/index.js';
import { ownClient } from '../database/index.js';
import { Problem } from '../kernel/problem.js';
import { Indexing, type IndexingParts } from './indexing.js';

/** Key of the advisory lock that the leader holds, in each member's own database. */
const LEADER = 7_310_579_604;
/** How often a process that stands by tries to lead (ms). */
const STAND_BY_MS = 1_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
/** How often the chain is looked at without a signal (ms): with a socket to wait on, and without. */
const POLL_SIGNALLED_MS = 1_000;
const POLL_MS = 100;

/** How the indexer of this process does. */
export interface IndexerStatus {
  readonly leading: boolean;
  /** Why it cannot go on, if it cannot. */
  readonly error: string | null;
  /** Whether that is the chain's endpoints' doing, and passes with it. */
  readonly awaitsChain: boolean;
}

/**
 * Keeps the chain-derived tables up with the chain, in one process at a time: the leader's writes go over the very
 * connection that holds its lock, so whoever lost the lock can write no more; what it still writes beside that one is
 * committed only if nobody else moved the checkpoint. Others stand by and take over.
 */
export class Indexer {
  private readonly logger = new Logger(Indexer.name);
  private readonly stopping = new AbortController();
  private run: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private leading = false;
  private error: string | null = null;
  private awaitsChain = false;
  private retryMs = FIRST_RETRY_MS;

  constructor(
    private readonly connectionString: string,
    private readonly parts: IndexingParts,
    private readonly signal: HeadSignal,
  ) {}

  start(): void {
    const unsubscribe = this.signal.onHead(() => this.wake());
    this.run = this.loop().finally(unsubscribe);
  }

  /** Finishes the batch at hand and gives up the lead. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.run;
  }

  status(): IndexerStatus {
    return { leading: this.leading, error: this.error, awaitsChain: this.awaitsChain };
  }

  private async loop(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const client = ownClient({ connectionString: this.connectionString, application_name: 'tradeproof-indexer' });
      try {
        await client.connect();
        if (await this.elected(client)) await this.lead(client);
        else await this.standBy();
      } catch (error) {
        await this.fail(error);
      } finally {
        this.leading = false;
        await client.end().catch(() => undefined);
      }
    }
  }

  private async elected(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ won: boolean }>('SELECT pg_try_advisory_lock($1) AS won', [LEADER]);
    return rows[0]!.won;
  }

  /** What failed here while this process led is the other's now. */
  private async standBy(): Promise<void> {
    this.wellAgain();
    await this.pause(STAND_BY_MS);
  }

  private async lead(client: pg.Client): Promise<void> {
    this.leading = true;
    const indexing = await Indexing.resume(client, this.parts);
    this.logger.log({ block: indexing.current.number }, 'indexing');
    try {
      while (!this.stopping.signal.aborted) {
        const woken = this.woken();
        if ((await this.step(indexing)) === 'done') await this.wait(woken);
      }
      await indexing.settle();
    } finally {
      // What is still written beside the connection that failed would get in the next leader's way, which is most likely this process.
      await indexing.ended();
    }
  }

  /** One step; when the chain is at fault the lead is kept and the step tried again later. */
  private async step(indexing: Indexing): Promise<'more' | 'done'> {
    try {
      const written = indexing.written;
      const more = await indexing.step();
      // A batch is written while the next one is looked for: that this began says nothing yet of what failed before.
      if (!more || this.awaitsChain || indexing.written > written) this.wellAgain();
      return more ? 'more' : 'done';
    } catch (error) {
      if (!(error instanceof RpcError || (error instanceof Problem && error.code === 'CHAIN_UNAVAILABLE'))) throw error;
      // What every endpoint would refuse does not pass by itself.
      await this.fail(error, !(error instanceof RpcError));
      return 'more';
    }
  }

  private wellAgain(): void {
    this.retryMs = FIRST_RETRY_MS;
    this.error = null;
    this.awaitsChain = false;
  }

  private async fail(error: unknown, awaitsChain = false): Promise<void> {
    const { message } = error as Error;
    // The same again and again says nothing new.
    if (message !== this.error) this.logger.error({ err: error }, 'the indexer cannot go on, and tries again');
    this.error = message;
    this.awaitsChain = awaitsChain;
    await this.pause(this.retryMs);
    this.retryMs = Math.min(2 * this.retryMs, LONGEST_RETRY_MS);
  }

  /** Resolves at the next signal; taken before looking at the chain, so that no signal falls in between. */
  private woken(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }

  private async wait(woken: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.signal.connected ? POLL_SIGNALLED_MS : POLL_MS);
    });
    await Promise.race([woken, timeout]);
    clearTimeout(timer);
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
