import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';

/** Says when there may be something to tell: after each block, and after this process's own news. */
@Injectable()
export class EventSignal implements OnModuleInit, OnModuleDestroy {
  private readonly listeners = new Set<() => void>();
  private unsubscribe = (): void => undefined;

  constructor(private readonly head: IndexHead) {}

  onModuleInit(): void {
    this.unsubscribe = this.head.onChange(() => this.fire());
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  fire(): void {
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` at each signal. Returns what ends it. */
  onSignal(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
