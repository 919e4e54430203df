import { defineProblem } from '../kernel/problem.js';

const rateLimited = defineProblem({
  code: 'RATE_LIMITED',
  status: 429,
  title: 'Too many requests',
});

const WINDOW_MS = 60_000;
/** Callers told apart within a window; more than this many are counted as if they were new. */
const MAX_CALLERS = 100_000;

/** Counts what each caller does a minute, in this process. */
export class RateLimiter {
  private counts = new Map<string, number>();
  private windowEnds = 0;

  /** `perMinute` 0 lets all through. `now` is in ms. */
  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Counts one more of this caller. Throws RATE_LIMITED when it is one too many. */
  take(caller: string): void {
    if (this.perMinute === 0) return;
    if (this.now() >= this.windowEnds || this.counts.size >= MAX_CALLERS) {
      this.counts = new Map();
      this.windowEnds = this.now() + WINDOW_MS;
    }
    const count = (this.counts.get(caller) ?? 0) + 1;
    this.counts.set(caller, count);
    if (count <= this.perMinute) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((this.windowEnds - this.now()) / 1000));
    throw rateLimited(`at most ${this.perMinute} a minute`, { retryAfterSeconds });
  }
}
