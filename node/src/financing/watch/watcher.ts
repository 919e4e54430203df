import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { WatchStore } from '../storage/watch.store.js';
import { WatchFinancing } from './watch-financing.js';

/** How long a document that arrived between two blocks may go unnoticed, in milliseconds. */
const ROUND_MS = 2_000;
/** Shortest time between two looks, in milliseconds: a busy chain makes a block every few. */
const GAP_MS = 100;

/**
 * After each block, looks at the financings whose lineage it touched, in processes with the role `worker`. What it has
 * seen is not kept: a start looks at all that have not ended.
 */
@Injectable()
export class Watcher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Watcher.name);
  private readonly endings: (() => void)[] = [];
  private round?: Promise<void>;
  private again = false;
  private lookedAt = 0;
  /** the block up to which all was looked at; -1 before the first look */
  private seen = -1;
  private readonly failed = new Set<Hex>();
  private open = false;

  constructor(
    private readonly config: Config,
    private readonly head: IndexHead,
    private readonly store: WatchStore,
    private readonly financing: WatchFinancing,
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

  async onModuleDestroy(): Promise<void> {
    this.open = false;
    for (const end of this.endings) end();
    await this.round;
  }

  /** Has financings looked at soon. Does nothing in a process that is no worker. */
  wake(): void {
    this.again = true;
    if (!this.open || this.round) return;
    this.round = this.look().finally(() => (this.round = undefined));
  }

  private async look(): Promise<void> {
    while (this.again && this.open) {
      await setTimeout(Math.max(0, this.lookedAt + GAP_MS - Date.now()));
      this.again = false;
      this.lookedAt = Date.now();
      const { number } = this.head.current();
      try {
        for (const id of new Set([...(await this.due(number)), ...this.failed])) await this.lookAt(id);
        this.seen = number;
      } catch (error) {
        this.logger.warn({ err: error }, 'financings cannot be looked at');
      }
    }
  }

  private due(head: number): Promise<Hex[]> {
    // The chain went back: what was looked at may be undone.
    return this.seen < 0 || head < this.seen ? this.store.all() : this.store.touchedAbove(this.seen);
  }

  /** A fault is logged, and the look repeated in the next round. */
  private async lookAt(id: Hex): Promise<void> {
    this.failed.delete(id);
    if (!this.open) return;
    try {
      await this.financing.run(id);
    } catch (error) {
      this.failed.add(id);
      this.logger.warn({ err: error, financing: id }, 'a financing cannot be looked at');
    }
  }
}
