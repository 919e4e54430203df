import { AT_ONCE, pauseAfter } from '../domain/limits.js';
import type { Outbox } from '../storage/outbox.js';
import type { Delivery } from './delivery.js';

/** Delivers what is due to one counterparty, so that none waits for another that is slow or down. */
export class Lane {
  private running?: Promise<void>;
  private again = false;
  private failures = 0;
  private pausedUntil = 0;

  constructor(
    private readonly to: number,
    private readonly outbox: Outbox,
    private readonly delivery: Delivery,
    /** hears of the fault that ended a run, the database's say; the next wake begins another */
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Starts delivering unless that goes on already, or the counterparty did not answer a moment ago. */
  wake(): void {
    this.again = true;
    if (this.running || Date.now() < this.pausedUntil) return;
    this.running = this.drain().finally(() => (this.running = undefined));
  }

  /** Takes nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.pausedUntil = Infinity;
    await this.running;
  }

  private async drain(): Promise<void> {
    try {
      while (Date.now() >= this.pausedUntil) {
        this.again = false;
        const claimed = await this.outbox.claim(this.to, AT_ONCE);
        const attempts = await Promise.all(claimed.map((envelope) => this.delivery.attempt(envelope)));
        this.note(attempts.includes('UNREACHABLE'), attempts.length > 0);
        if (claimed.length === 0 && !this.again) return;
      }
    } catch (error) {
      this.onFault(error);
    }
  }

  private note(unreachable: boolean, tried: boolean): void {
    if (unreachable && this.pausedUntil !== Infinity) this.pausedUntil = Date.now() + pauseAfter(++this.failures);
    else if (tried) this.failures = 0;
  }
}
