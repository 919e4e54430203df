import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { CallOffs, Orders } from '../../orders/index.js';
import { type Receivable, Receivables } from '../../receivables/index.js';
import { erasureStillNeeded } from '../domain/problems.js';

const ORDER_ENDS = ['REJECTED', 'WITHDRAWN', 'EXPIRED', 'CANCELLED', 'COMPLETED'];
/** Not SPLIT: the parts are claims by the parent's documents. */
const RECEIVABLE_ENDS = ['SETTLED', 'VOID', 'WRITTEN_OFF'];

/** Whether documents are needed still: by the order or receivable itself, a claim born of it, a lender's claim on it, or the framework contract. */
@Injectable()
export class StillNeeded {
  constructor(
    private readonly orders: Orders,
    private readonly callOffs: CallOffs,
    private readonly receivables: Receivables,
  ) {}

  /** Refuses with ERASURE_STILL_NEEDED, naming what needs them. */
  async refuse({ object, onOrder }: { object: Hex; onOrder: boolean }): Promise<void> {
    if (onOrder) {
      const { status, type, framework } = await this.orders.get(object);
      if (!ORDER_ENDS.includes(status)) throw erasureStillNeeded(`the order is ${status}`, { order: object, status });
      await this.requireUncounted(type === 'FRAMEWORK' ? object : framework);
      const born = await this.receivables.bornFrom([object]);
      for (const receivable of born) requireEnded(receivable);
      await this.requireFree([object, ...born.map(({ id }) => id)]);
    } else {
      requireEnded(await this.receivables.get(object));
      await this.requireFree([object]);
    }
  }

  /** What an order takes of its framework contract is weighed as long as anything can be called off or changed. */
  private async requireUncounted(framework: Hex | null): Promise<void> {
    const running = framework && (await this.callOffs.running(framework));
    if (running) throw erasureStillNeeded('it counts for a framework contract that goes on', { order: running });
  }

  private async requireFree(objects: readonly Hex[]): Promise<void> {
    const [running] = await this.receivables.encumbrancesOn(objects);
    if (running) throw erasureStillNeeded('a lender has a claim on it', { object: running.object });
  }
}

function requireEnded({ id, status }: Receivable): void {
  if (RECEIVABLE_ENDS.includes(status)) return;
  throw erasureStillNeeded(`a receivable is ${status}`, { receivable: id, status });
}
