import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type pg from 'pg';
import { Config } from '../config/index.js';
import { ownClient } from '../database/index.js';
import { IndexHead } from '../indexer/index.js';
import { CHANNEL, OutboxStore } from './outbox-store.js';
import type { Submission } from './submission.js';

/** A submission, and whether nothing more will become of it that this node's index does not show. */
export type Outcome = Submission & { readonly settled: boolean };

/** Looks even without a signal: a notification can be lost with its connection. */
const POLL_MS = 1_000;
const RECONNECT_MS = 1_000;

/** Answers whoever waits for submissions: one query for all of them at each signal. */
@Injectable()
export class SettlementWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SettlementWatch.name);
  private readonly waiting = new Map<string, Set<(outcome?: Outcome) => void>>();
  private unsubscribe = (): void => {};
  private listener: pg.Client | undefined;
  private poll: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private closed = false;

  constructor(
    private readonly config: Config,
    private readonly head: IndexHead,
    private readonly store: OutboxStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.unsubscribe = this.head.onChange(() => this.look());
    this.poll = setInterval(() => this.look(), POLL_MS).unref();
    await this.listen();
  }

  async onModuleDestroy(): Promise<void> {
    this.closed = true;
    this.unsubscribe();
    clearInterval(this.poll);
    // What they wait for goes on without this process: they are answered so at once.
    for (const waiters of [...this.waiting.values()]) for (const finish of [...waiters]) finish();
    await this.looking;
    await this.listener?.end();
  }

  outcomeOf(submission: Submission): Outcome {
    const { status, block } = submission;
    const included = status === 'INCLUDED' && block !== null && block <= this.head.current().number;
    return { ...submission, settled: included || status === 'REVERTED' || status === 'REFUSED' };
  }

  /** The outcome once settled; undefined after `ms` milliseconds, or when this process stops. */
  settled(id: string, ms: number): Promise<Outcome | undefined> {
    if (this.closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const waiters = this.waiting.get(id) ?? new Set();
      const finish = (outcome?: Outcome) => {
        clearTimeout(timer);
        waiters.delete(finish);
        if (waiters.size === 0) this.waiting.delete(id);
        resolve(outcome);
      };
      const timer = setTimeout(finish, ms);
      waiters.add(finish);
      this.waiting.set(id, waiters);
      this.look();
    });
  }

  private look(): void {
    if (this.waiting.size === 0) return;
    if (this.looking) {
      this.lookAgain = true;
      return;
    }
    this.looking = this.check()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'submissions cannot be read now'))
      .finally(() => {
        this.looking = undefined;
        if (this.lookAgain) {
          this.lookAgain = false;
          this.look();
        }
      });
  }

  private async check(): Promise<void> {
    for (const submission of await this.store.find([...this.waiting.keys()])) {
      const outcome = this.outcomeOf(submission);
      if (outcome.settled) for (const finish of [...(this.waiting.get(submission.id) ?? [])]) finish(outcome);
    }
  }

  private async listen(): Promise<void> {
    if (this.closed) return;
    const listener = ownClient({
      connectionString: this.config.databaseUrl,
      application_name: `tradeproof-${this.config.member}-settlements`,
    });
    const again = () => void setTimeout(() => void this.listen(), RECONNECT_MS).unref();
    try {
      listener.on('notification', ({ payload }) => payload && this.waiting.has(payload) && this.look());
      await listener.connect();
      await listener.query(`LISTEN ${CHANNEL}`);
      listener.once('end', () => !this.closed && again());
      this.listener = listener;
    } catch (error) {
      await listener.end().catch(() => undefined);
      this.logger.warn({ err: error }, 'no notifications for now');
      again();
    }
  }
}
