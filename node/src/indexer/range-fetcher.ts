import type { Block, ChainClient, Range } from '../chain/index.js';

/** Logs a range should hold about: enough to write in bulk, few enough not to hold up this process's other work. */
const WANTED_LOGS = 4_000;
const MOST_BLOCKS = 1_000;
const FIRST_BLOCKS = 64;
/** Whoever is no further behind has every log proven: nodes that follow the chain, and after a pause of minutes. */
const PROVEN_BEHIND = 256;
/** And whoever is has the first ones, since how far behind that is an endpoint says, and a head costs nothing to make up. */
const PROVEN_FIRST = 16;

interface Fetch {
  readonly from: number;
  readonly to: number;
  readonly range: Promise<Range>;
}

/** Fetches ranges one ahead of those asked for, as long as suits the chain: longer while they are empty, shorter when they fail. */
export class RangeFetcher {
  private size = FIRST_BLOCKS;
  private ahead: Fetch | null = null;
  private head: Block | null = null;
  /** Blocks before this one are proven on the way to that head. */
  private bulkFrom = 0;

  constructor(
    private readonly chain: ChainClient,
    /** A block at which a range ends. */
    private readonly stop: number | null,
  ) {}

  /** The range that begins at `from` and ends at `head` at the latest; the one after it is then on its way. */
  async take(from: number, head: Block): Promise<Range> {
    if (head !== this.head) this.begin(from, head);
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

  private begin(from: number, head: Block): void {
    this.head = head;
    this.bulkFrom = head.number - from < PROVEN_BEHIND ? Infinity : from + PROVEN_FIRST;
  }

  private start(from: number, head: Block): Fetch {
    const inBulk = from >= this.bulkFrom;
    const stop = this.stop !== null && from <= this.stop ? this.stop : Infinity;
    const to = Math.min(head.number, from + this.size - 1, inBulk ? Infinity : this.bulkFrom - 1, stop);
    const range = this.read(from, to, head, inBulk);
    // Whoever takes it sees the rejection; until then, or if nobody does, it is not unhandled.
    range.catch(() => {
      this.size = Math.max(1, this.size >> 2);
    });
    return { from, to, range };
  }

  private read(from: number, to: number, head: Block, inBulk: boolean): Promise<Range> {
    if (from === head.number) return this.chain.rangeOf(head);
    return inBulk ? this.chain.rangeInBulk(from, to) : this.chain.range(from, to);
  }

  private adapt({ from, to }: Fetch, logs: number): void {
    const blocks = to - from + 1;
    if (logs > WANTED_LOGS) this.size = Math.max(1, Math.floor((blocks * WANTED_LOGS) / logs));
    else if (blocks >= this.size && logs < WANTED_LOGS / 2) this.size = Math.min(MOST_BLOCKS, this.size * 2);
  }
}
