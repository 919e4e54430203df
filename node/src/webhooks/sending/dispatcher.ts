import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { EventSignal } from '../../events/index.js';
import { Rounds } from '../../jobs/index.js';
import { Leases } from '../storage/leases.js';
import { Lane } from './lane.js';
import { Sender } from './sender.js';

/** How long an event may go unnoticed, and the shortest time between two looks, in milliseconds. */
const ROUND = { everyMs: 1_000, gapMs: 10 };

/** Wakes a lane for each webhook after each block and each news, in processes with the role `worker`. Several may run. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Dispatcher.name);
  private readonly lanes = new Map<string, Lane>();
  private readonly rounds = new Rounds(() => this.look(), {
    ...ROUND,
    onFault: (error) => this.logger.warn({ err: error }, 'webhooks cannot be looked at'),
  });

  constructor(
    private readonly config: Config,
    private readonly signal: EventSignal,
    private readonly leases: Leases,
    private readonly sender: Sender,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.roles.includes('worker')) this.rounds.start((wake) => this.signal.onSignal(wake));
  }

  /** Has webhooks looked at soon. Does nothing in a process that is no worker. */
  wake(): void {
    this.rounds.wake();
  }

  async onModuleDestroy(): Promise<void> {
    const wasOpen = this.rounds.isOpen;
    await this.rounds.stop();
    await Promise.all([...this.lanes.values()].map((lane) => lane.stop()));
    if (wasOpen)
      await this.leases.giveBack().catch((error: unknown) => this.logger.warn({ err: error }, 'not given back'));
  }

  private async look(): Promise<void> {
    for (const webhook of await this.leases.due()) this.laneTo(webhook).wake();
  }

  private laneTo(webhook: string): Lane {
    const known = this.lanes.get(webhook);
    if (known) return known;
    const lane = new Lane(webhook, this.sender, (error) =>
      this.logger.warn({ err: error, webhook }, 'sending to a webhook failed on our side'),
    );
    this.lanes.set(webhook, lane);
    return lane;
  }
}
