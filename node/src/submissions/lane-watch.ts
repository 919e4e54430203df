import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config/index.js';
import { IndexHead } from '../indexer/index.js';
import { JobHandler, type JobProcessor, RoundHandler, type RoundProcessor } from '../jobs/index.js';
import type { Address } from '../kernel/ids.js';
import { wakeLane } from './jobs.js';
import { LaneRunner } from './lane-runner.js';
import { OutboxStore } from './outbox-store.js';

/** Blocks and sends wake by themselves: a sweep finds what a process that ended was woken for. */
const SWEEP_MS = 5_000;

/** How many blocks back a process that starts compares: blocks may have been taken back while it was down. */
const LOOK_BACK = 512;

@JobHandler(wakeLane)
export class WakeLaneHandler implements JobProcessor<{ account: Address }> {
  constructor(private readonly runner: LaneRunner) {}

  async handle({ account }: { account: Address }): Promise<void> {
    this.runner.kick(account);
  }
}

/**
 * In processes with the role `worker`: looks at open lanes at each new block and every now and then, since queues lose wake-ups and endpoints
 * transactions.
 */
@RoundHandler({ name: 'submissions.sweep', everyMs: SWEEP_MS })
export class LaneWatch implements RoundProcessor, OnApplicationBootstrap, OnModuleDestroy {
  private unsubscribe = (): void => {};
  private indexed = -1;

  constructor(
    private readonly config: Config,
    private readonly head: IndexHead,
    private readonly store: OutboxStore,
    private readonly runner: LaneRunner,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.roles.includes('worker')) return;
    this.indexed = this.head.current().number;
    this.unsubscribe = this.head.onChange(({ number }) => void this.onHead(number).catch(() => {})); // the sweep comes anyway
    await this.recheck(this.indexed - LOOK_BACK);
  }

  async handle(): Promise<void> {
    await this.recheck(this.head.current().number);
    // A rewind may have come and gone unseen, and an end may have been read of a block that was never indexed here.
    for (const account of await this.store.lostLanes()) this.runner.kick(account, true);
    await this.kickOpen();
  }

  async onModuleDestroy(): Promise<void> {
    this.unsubscribe();
    await this.runner.stop();
  }

  private async onHead(number: number): Promise<void> {
    const before = this.indexed;
    this.indexed = number;
    if (number < before) await this.recheck(number);
    await this.kickOpen();
  }

  /** Lanes with something included after `block` may have lost it. */
  private async recheck(block: number): Promise<void> {
    for (const account of await this.store.lanesAfter(block)) this.runner.kick(account, true);
  }

  /** Lanes with something open, and those that are to be rewound yet. */
  private async kickOpen(): Promise<void> {
    for (const account of await this.store.openLanes()) this.runner.kick(account);
    this.runner.kickOwed();
  }
}
