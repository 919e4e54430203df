import { SETTLED_AT_ONCE } from '../domain/limits.js';
import type { Sender } from './sender.js';

/** Sends what waits for one webhook, one event after another, so that no webhook waits for another. */
export class Lane {
  private running?: Promise<void>;
  private again = false;
  private open = true;

  constructor(
    private readonly webhook: string,
    private readonly sender: Sender,
    /** hears of the fault that ended a run, the database's say; the next wake begins another */
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Starts sending unless that goes on already. */
  wake(): void {
    this.again = true;
    if (this.running || !this.open) return;
    this.running = this.drain().finally(() => (this.running = undefined));
  }

  /** Begins no other attempt, and waits for the one under way. */
  async stop(): Promise<void> {
    this.open = false;
    await this.running;
  }

  private async drain(): Promise<void> {
    try {
      while (this.again && this.open) {
        this.again = false;
        while (await this.sender.sendSome(this.webhook, SETTLED_AT_ONCE, () => this.open));
      }
    } catch (error) {
      this.onFault(error);
    }
  }
}
