import { ANSWER_WITHIN_MS, AT_ONCE, CLAIMED_AT_ONCE, LEASE_MS, pauseAfter } from '../domain/limits.js';
import type { Claimed, Outbox } from '../storage/outbox.js';
import type { Attempt, Delivery } from './delivery.js';

/**
 * Delivers what is due to one counterparty, so that none waits for another that is slow or down. After a failure one envelope goes at
 * a time, so that large ones do not take each other's share of a thin line; twice as many after each round in which all went well.
 */
export class Lane {
  private running?: Promise<void>;
  private again = false;
  private failures = 0;
  /** By the process's own clock: the machine's may be set back. */
  private pausedUntil = 0;
  private atOnce = AT_ONCE;

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
    if (this.running || this.paused) return;
    this.running = this.drain().finally(() => (this.running = undefined));
  }

  /** Takes nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.pausedUntil = Infinity;
    await this.running;
  }

  private async drain(): Promise<void> {
    try {
      while (!this.paused) {
        this.again = false;
        const claimed = await this.outbox.claim(this.to, CLAIMED_AT_ONCE);
        if (claimed.length > 0) await this.attempt(claimed);
        else if (!this.again) return;
      }
    } catch (error) {
      this.onFault(error);
    }
  }

  /** Attempts all, until the counterparty is down or what is left might be taken for abandoned. */
  private async attempt(claimed: Claimed[]): Promise<void> {
    const stopAt = performance.now() + LEASE_MS - ANSWER_WITHIN_MS;
    const left = [...claimed];
    let failed = false;
    const run = async () => {
      while (left.length > 0 && performance.now() < stopAt && !failed && !this.paused) {
        const attempt = await this.delivery.attempt(left.shift()!);
        this.note(attempt);
        failed ||= attempt === 'UNREACHABLE';
      }
    };
    await Promise.all(Array.from({ length: this.atOnce }, run));
    this.atOnce = failed ? 1 : Math.min(AT_ONCE, this.atOnce * 2);
    if (left.length > 0) await this.outbox.giveBack(left);
  }

  private note(attempt: Attempt): void {
    if (typeof attempt === 'object') {
      this.pausedUntil = Math.max(this.pausedUntil, performance.now() + attempt.pauseMs);
      return;
    }
    if (attempt !== 'UNREACHABLE') this.failures = 0;
    // Others that were under way fail with it: they are one failure.
    else if (!this.paused) this.pausedUntil = performance.now() + pauseAfter(++this.failures);
  }

  private get paused(): boolean {
    return performance.now() < this.pausedUntil;
  }
}
