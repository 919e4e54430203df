import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { EventSignal } from '../../events/index.js';
import { Leases } from '../storage/leases.js';
import { Lane } from './lane.js';
import { Sender } from './sender.js';

/** How long an event may go unnoticed when nothing wakes the dispatcher, in milliseconds. */
const ROUND_MS = 500;
/** Shortest time between two looks, in milliseconds: a busy chain makes a block every few. */
const GAP_MS = 10;

/** Wakes a lane for each webhook after each block and each news, in processes with the role `worker`. Several may run. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Dispatcher.name);
  private readonly lanes = new Map<string, Lane>();
  private readonly endings: (() => void)[] = [];
  private round?: Promise<void>;
  private again = false;
  private lookedAt = 0;
  private open = false;

  constructor(
    private readonly config: Config,
    private readonly signal: EventSignal,
    private readonly leases: Leases,
    private readonly sender: Sender,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('worker')) return;
    this.open = true;
    const timer = setInterval(() => this.wake(), ROUND_MS);
    this.endings.push(
      () => clearInterval(timer),
      this.signal.onSignal(() => this.wake()),
    );
    this.wake();
  }

  /** Has webhooks looked at soon. Does nothing in a process that is no worker. */
  wake(): void {
    this.again = true;
    if (!this.open || this.round) return;
    this.round = this.look().finally(() => (this.round = undefined));
  }

  async onModuleDestroy(): Promise<void> {
    const wasOpen = this.open;
    this.open = false;
    for (const end of this.endings) end();
    await this.round;
    await Promise.all([...this.lanes.values()].map((lane) => lane.stop()));
    if (wasOpen)
      await this.leases.giveBack().catch((error: unknown) => this.logger.warn({ err: error }, 'not given back'));
  }

  private async look(): Promise<void> {
    while (this.again && this.open) {
      await setTimeout(Math.max(0, this.lookedAt + GAP_MS - Date.now()));
      this.again = false;
      this.lookedAt = Date.now();
      try {
        for (const webhook of await this.leases.due()) this.laneTo(webhook).wake();
      } catch (error) {
        this.logger.warn({ err: error }, 'webhooks cannot be looked at');
      }
    }
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
