import type { OnModuleDestroy } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { IndexHead } from '../../indexer/index.js';
import { defineJob, eachInTurn, JobHandler, type JobProcessor } from '../../jobs/index.js';
import type { Hex } from '../../kernel/hex.js';
import { mayEndAt } from '../domain/may-end-at.js';
import { Positions } from '../queries/positions.js';
import { EndingStore } from '../storage/ending.store.js';
import { FinancingGrants } from './financing-grants.js';

const endGrants = defineJob({ name: 'financing.end-grants' });

/**
 * Ends the grants of financings that are over, whoever or whatever ended them. Up to which block words on chain were looked at is not
 * kept: a start looks at all that have not ended, in one statement.
 */
@JobHandler(endGrants, { everyMs: 5000 })
export class EndGrants implements JobProcessor<object>, OnModuleDestroy {
  /** -1 before the first look. */
  private seen = -1;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ending: EndingStore,
    private readonly positions: Positions,
    private readonly grants: FinancingGrants,
    private readonly head: IndexHead,
  ) {
    // After a rewind other blocks come under numbers that were looked at.
    this.unsubscribe = head.onChange(({ number }) => this.goBackTo(number));
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  async handle(): Promise<void> {
    const { number, timestamp } = this.head.current();
    const { seen } = this;
    this.seen = number;
    try {
      const ids = [...(await this.ending.due(timestamp)), ...(await this.ending.endedAbove(seen))];
      await eachInTurn(new Set(ids), (id) => this.unitOfWork.run(() => this.look(id, timestamp)));
    } catch (error) {
      this.goBackTo(seen);
      throw error;
    }
  }

  private async look(id: Hex, now: number): Promise<void> {
    const position = await this.positions.lock(id);
    const next = mayEndAt(position, now);
    if (next === null) await this.grants.end(position.financing);
    await this.ending.lookAgain(id, next);
  }

  private goBackTo(block: number): void {
    this.seen = Math.min(this.seen, block);
  }
}
