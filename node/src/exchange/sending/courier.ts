import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { IndexHead } from '../../indexer/index.js';
import { Members } from '../../members/index.js';
import { Outbox } from '../storage/outbox.js';
import { Delivery } from './delivery.js';
import { Lane } from './lane.js';

/** How long a due envelope may go unnoticed when nothing wakes the courier, in milliseconds. */
const ROUND_MS = 500;
/** Shortest time between two looks, in milliseconds: a busy chain makes a block every few. */
const GAP_MS = 25;

/**
 * Looks at the outbox after each block, each send and twice a second, in processes with the role `worker`.
 * Several may run: rows are claimed. Not a queue's jobs, since a lane to a slow counterparty would hold up other work.
 */
@Injectable()
export class Courier implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Courier.name);
  private readonly lanes = new Map<number, Lane>();
  private readonly endings: (() => void)[] = [];
  private round?: Promise<void>;
  private again = false;
  private lookedAt = 0;
  private open = false;

  constructor(
    private readonly config: Config,
    private readonly head: IndexHead,
    private readonly members: Members,
    private readonly outbox: Outbox,
    private readonly delivery: Delivery,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('worker')) return;
    this.open = true;
    const timer = setInterval(() => this.wake(), ROUND_MS);
    this.endings.push(
      () => clearInterval(timer),
      this.head.onChange(() => this.wake()),
    );
    this.wake();
  }

  /** Has the outbox looked at soon. Does nothing in a process that is no worker. */
  wake(): void {
    this.again = true;
    if (!this.open || this.round) return;
    this.round = this.look().finally(() => (this.round = undefined));
  }

  async onModuleDestroy(): Promise<void> {
    this.open = false;
    for (const end of this.endings) end();
    await this.round;
    await Promise.all([...this.lanes.values()].map((lane) => lane.stop()));
  }

  private async look(): Promise<void> {
    while (this.again && this.open) {
      await setTimeout(Math.max(0, this.lookedAt + GAP_MS - Date.now()));
      this.again = false;
      this.lookedAt = Date.now();
      try {
        await this.outbox.release(this.head.current().number);
        const members = (await this.members.all()).map(({ id }) => id);
        for (const member of await this.outbox.waitedForBy(members)) this.laneTo(member).wake();
      } catch (error) {
        this.logger.warn({ err: error }, 'the outbox of envelopes cannot be looked at');
      }
    }
  }

  private laneTo(member: number): Lane {
    const known = this.lanes.get(member);
    if (known) return known;
    const lane = new Lane(member, this.outbox, this.delivery, (error) =>
      this.logger.warn({ err: error, member }, 'deliveries of envelopes failed on our side'),
    );
    this.lanes.set(member, lane);
    return lane;
  }
}
