import { isIPv6 } from 'node:net';
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
    if (this.allows(caller)) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((this.windowEnds - this.now()) / 1000));
    throw rateLimited(`at most ${this.perMinute} a minute`, { retryAfterSeconds });
  }

  /** Counts one more of this caller: whether it is none too many. An IPv6 address counts as all of its network. */
  allows(caller: string): boolean {
    if (this.perMinute === 0) return true;
    if (this.now() >= this.windowEnds || this.counts.size >= MAX_CALLERS) {
      this.counts = new Map();
      this.windowEnds = this.now() + WINDOW_MS;
    }
    const who = networkOf(caller);
    const count = (this.counts.get(who) ?? 0) + 1;
    this.counts.set(who, count);
    return count <= this.perMinute;
  }
}

/** Of an IPv6 address the /64, all of which one caller has; of anything else itself. */
export function networkOf(caller: string): string {
  const [address = ''] = caller.split('%');
  if (!isIPv6(address)) return caller;
  const [before, after = []] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const given = before!.length + after.length + (address.includes('.') ? 1 : 0);
  const groups = [...before!, ...Array<string>(8 - given).fill('0'), ...after];
  // An IPv4 address in the clothes of the other.
  if (/^(0+:){5}ffff$/i.test(groups.slice(0, 6).join(':'))) return groups.slice(6).join(':');
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
