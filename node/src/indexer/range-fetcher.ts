import type { Block, ChainClient, Range } from '../chain/index.js';

/** Logs a range should hold about: enough to write in bulk, few enough not to hold up this process's other work. */
const WANTED_LOGS = 4_000;
const MOST_BLOCKS = 1_000;
const FIRST_BLOCKS = 64;

interface Fetch {
  readonly from: number;
  readonly to: number;
  readonly range: Promise<Range>;
}

/** Fetches ranges one ahead of those asked for, as long as suits the chain: longer while they are empty, shorter when they fail. */
export class RangeFetcher {
  private size = FIRST_BLOCKS;
  private ahead: Fetch | null = null;

  constructor(private readonly chain: ChainClient) {}

  /** The range that begins at `from` and ends at `head` at the latest; the one after it is then on its way. */
  async take(from: number, head: Block): Promise<Range> {
    const fetch = this.ahead?.from === from ? this.ahead : this.start(from, head);
    this.ahead = null;
    const range = await fetch.range;
    this.adapt(fetch, range.logs.length);
    if (fetch.to < head.number) this.ahead = this.start(fetch.to + 1, head);
    return range;
  }

  /** Forgets what is on its way: the chain has changed. */
  reset(): void {
    this.ahead = null;
  }

  private start(from: number, head: Block): Fetch {
    const to = Math.min(head.number, from + this.size - 1);
    const range = from === head.number ? this.chain.rangeOf(head) : this.chain.range(from, to);
    // Whoever takes it sees the rejection; until then, or if nobody does, it is not unhandled.
    range.catch(() => {
      this.size = Math.max(1, this.size >> 2);
    });
    return { from, to, range };
  }

  private adapt({ from, to }: Fetch, logs: number): void {
    const blocks = to - from + 1;
    if (logs > WANTED_LOGS) this.size = Math.max(1, Math.floor((blocks * WANTED_LOGS) / logs));
    else if (blocks >= this.size && logs < WANTED_LOGS / 2) this.size = Math.min(MOST_BLOCKS, this.size * 2);
  }
}
