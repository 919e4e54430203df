import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { Rewinds } from '../../events/index.js';
import { type BlockRef, IndexHead } from '../../indexer/index.js';
import { Rounds } from '../../jobs/index.js';
import type { Hex } from '../../kernel/hex.js';
import { SeenBlock } from '../storage/seen-block.js';
import { WatchStore } from '../storage/watch.store.js';
import { WatchFinancing } from './watch-financing.js';

/** How long a document that arrived between two blocks may go unnoticed, and the shortest time between two looks, in milliseconds. */
const ROUND = { everyMs: 2_000, gapMs: 100 };

const SERIALIZATION_FAILURE = '40001';

/**
 * After each block, looks at the financings whose lineage it touched, in processes with the role `worker`. What it has
 * seen is not kept: a start looks at all that have not ended.
 */
@Injectable()
export class Watcher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Watcher.name);
  private readonly rounds = new Rounds(() => this.look(), {
    ...ROUND,
    onFault: (error) => this.logger.warn({ err: error }, 'financings cannot be looked at'),
  });
  /** The block up to which all was looked at; null before the first look. */
  private seen: BlockRef | null = null;
  private readonly failed = new Set<Hex>();

  constructor(
    private readonly config: Config,
    private readonly head: IndexHead,
    private readonly blocks: SeenBlock,
    private readonly store: WatchStore,
    private readonly financing: WatchFinancing,
    private readonly rewinds: Rewinds,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.roles.includes('worker')) this.rounds.start((wake) => this.head.onChange(wake));
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }

  /** Has financings looked at soon. Does nothing in a process that is no worker. */
  wake(): void {
    this.rounds.wake();
  }

  /** Nothing amid a rebuild: then it goes on from what was seen before. */
  private async look(): Promise<void> {
    if (await this.rewinds.rebuilding()) return;
    const head = this.head.current();
    for (const id of new Set([...(await this.due(head)), ...this.failed])) await this.lookAt(id);
    this.seen = head;
  }

  /** All where the chain went back, be it for a block of the same number: what was looked at may be undone. */
  private async due(head: BlockRef): Promise<Hex[]> {
    const above = await this.blocks.newAbove(this.seen, head);
    return above < 0 ? this.store.all() : this.store.touchedAbove(above);
  }

  /** A fault is logged, and the look repeated in the next round. */
  private async lookAt(id: Hex): Promise<void> {
    this.failed.delete(id);
    if (!this.rounds.isOpen) return;
    try {
      if (!(await this.financing.run(id))) this.failed.add(id);
    } catch (error) {
      this.failed.add(id);
      // Another process, or a command, was at it: no fault.
      if ((error as { code?: string }).code === SERIALIZATION_FAILURE) return;
      this.logger.warn({ err: error, financing: id }, 'a financing cannot be looked at');
    }
  }
}
