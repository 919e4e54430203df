import { setTimeout as sleep } from 'node:timers/promises';

export interface RoundsOptions {
  /** How long what is due may go unnoticed when nothing wakes, in milliseconds. */
  readonly everyMs: number;
  /** Shortest time between the starts of two looks, in milliseconds: a busy chain makes a block every few. */
  readonly gapMs: number;
  /** Hears of a look that failed; the next round looks again. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Looks at what is due, one look at a time: soon after each wake and once a round. A wake during a look makes it look
 * once more. Not a queue's jobs: nothing is kept of a wake, and one slow look holds up no other work.
 */
export class Rounds {
  private readonly endings: (() => void)[] = [];
  private running?: Promise<void>;
  private again = false;
  /** By a clock that nobody sets: one that is put back two hours would put off the next look by as much. */
  private lookedAt = -Infinity;
  private open = false;

  constructor(
    private readonly look: () => Promise<void>,
    private readonly options: RoundsOptions,
  ) {}

  /** Begins; `onWake` subscribes to what wakes besides the clock, and returns how to end that. */
  start(onWake: (wake: () => void) => () => void): void {
    this.open = true;
    const wake = () => this.wake();
    const timer = setInterval(wake, this.options.everyMs);
    this.endings.push(() => clearInterval(timer), onWake(wake));
    wake();
  }

  /** Has a look taken soon. Does nothing before the start and after the stop. */
  wake(): void {
    this.again = true;
    if (!this.open || this.running) return;
    this.running = this.lookOn().finally(() => (this.running = undefined));
  }

  /** False once it is to stop: a long look asks between two steps. */
  get isOpen(): boolean {
    return this.open;
  }

  /** Begins no other look, and waits for the one under way. */
  async stop(): Promise<void> {
    this.open = false;
    for (const end of this.endings) end();
    await this.running;
  }

  private async lookOn(): Promise<void> {
    while (this.again && this.open) {
      await sleep(Math.max(0, this.lookedAt + this.options.gapMs - performance.now()));
      this.again = false;
      this.lookedAt = performance.now();
      try {
        await this.look();
      } catch (error) {
        this.options.onFault(error);
      }
    }
  }
}
