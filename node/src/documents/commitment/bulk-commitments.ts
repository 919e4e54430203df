import { availableParallelism } from 'node:os';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Root } from '../../kernel/ids.js';
import { commit, type Uncommitted } from './commitment.js';
import type { Answer } from './roots-thread.js';
import { RootsWorker } from './roots-worker.js';

/** A field takes some 8 µs: fewer are done before a thread would have been told of them, and hold nobody up. */
const FEW_FIELDS = 1000;
/** A thread that has nothing to do takes some 15 MB. */
const IDLE_MS = 10_000;

/**
 * Roots of many documents, or of a large one, computed on a thread of their own (docs/adr/0089), so that whoever else asks this node
 * is answered meanwhile. The thread begins when there is work, and is one a node.
 */
@Injectable()
export class BulkCommitments implements OnApplicationShutdown {
  private readonly logger = new Logger(BulkCommitments.name);
  private worker: RootsWorker | undefined;
  private idle: NodeJS.Timeout | undefined;

  /** The same as `commit(fields, seed).root` of each, and throws the same. */
  async rootsOf(items: readonly Uncommitted[]): Promise<Root[]> {
    const fields = items.reduce((sum, item) => sum + item.fields.length, 0);
    const isApart = fields >= FEW_FIELDS && availableParallelism() > 1;
    const roots = isApart ? await this.ask(items) : [];
    return items.map(({ fields, seed }, i) => roots[i] ?? commit(fields, seed).root);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end();
  }

  private async ask(items: readonly Uncommitted[]): Promise<Answer> {
    clearTimeout(this.idle);
    const worker = (this.worker ??= this.begin());
    if (!worker) return [];
    const answer = await worker.ask(items);
    if (worker === this.worker && worker.isAtRest) this.idle = setTimeout(() => void this.end(), IDLE_MS).unref();
    return answer;
  }

  /** Nothing where the system has no thread to give. */
  private begin(): RootsWorker | undefined {
    try {
      return this.started();
    } catch (error) {
      this.warn(error);
      return undefined;
    }
  }

  private started(): RootsWorker {
    const worker: RootsWorker = new RootsWorker((error) => {
      if (this.worker === worker) this.worker = undefined;
      if (error) this.warn(error);
    });
    return worker;
  }

  private warn(err: unknown): void {
    this.logger.warn({ err }, 'the thread of commitments failed: what it was asked for is done without it');
  }

  private async end(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    await worker?.end();
  }
}
