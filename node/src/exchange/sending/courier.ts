import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { IndexHead } from '../../indexer/index.js';
import { Rounds } from '../../jobs/index.js';
import { Members } from '../../members/index.js';
import { Outbox } from '../storage/outbox.js';
import { Delivery } from './delivery.js';
import { Lane } from './lane.js';

/** How long a due envelope may go unnoticed, and the shortest time between two looks, in milliseconds. */
const ROUND = { everyMs: 500, gapMs: 25 };

/**
 * Looks at the outbox after each block, each send and twice a second, in processes with the role `worker`.
 * Several may run: rows are claimed.
 */
@Injectable()
export class Courier implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Courier.name);
  private readonly lanes = new Map<number, Lane>();
  private readonly rounds = new Rounds(() => this.look(), {
    ...ROUND,
    onFault: (error) => this.logger.warn({ err: error }, 'the outbox of envelopes cannot be looked at'),
  });

  constructor(
    private readonly config: Config,
    private readonly head: IndexHead,
    private readonly members: Members,
    private readonly outbox: Outbox,
    private readonly delivery: Delivery,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.roles.includes('worker')) this.rounds.start((wake) => this.head.onChange(wake));
  }

  /** Has the outbox looked at soon. Does nothing in a process that is no worker. */
  wake(): void {
    this.rounds.wake();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
    await Promise.all([...this.lanes.values()].map((lane) => lane.stop()));
  }

  private async look(): Promise<void> {
    const members = (await this.members.all()).map(({ id }) => id);
    const ready = await this.outbox.release(this.head.current().number, members);
    for (const member of ready) this.laneTo(member).wake();
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
