import type { Block } from './block.js';
import type { ChainClient } from './chain-client.js';

export interface ChainFacts {
  /** The last block that was seen. */
  readonly block: number;
  readonly ageSeconds: number;
  /** Older than the settings allow. */
  readonly stalled: boolean;
  /** Whether an endpoint answers at this moment. */
  readonly reachable: boolean;
}

/** Less than an indicator may take (ms). */
const PATIENCE_MS = 2_000;

/**
 * The chain, as readiness sees it. A process begins its work once an endpoint has answered; from then on neither an outage
 * of the endpoints nor a chain that stands still takes it out of service, for reads of what is indexed go on and writes wait
 * in the outbox.
 */
export class ChainHealth {
  #last?: Pick<Block, 'number' | 'timestamp'>;

  constructor(
    private readonly chain: Pick<ChainClient, 'head'>,
    private readonly maxBlockAgeSeconds: number,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** Rejects until an endpoint has answered. */
  async facts(): Promise<ChainFacts & Record<string, unknown>> {
    const [last, reachable] = await this.look();
    const ageSeconds = Math.floor(Date.now() / 1000) - last.timestamp;
    return { block: last.number, ageSeconds, stalled: ageSeconds > this.maxBlockAgeSeconds, reachable };
  }

  private async look(): Promise<[last: Pick<Block, 'number' | 'timestamp'>, reachable: boolean]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no endpoint of the chain answers in time')), this.patienceMs);
    });
    try {
      this.#last = await Promise.race([this.chain.head(), late]);
      return [this.#last, true];
    } catch (error) {
      if (!this.#last) throw error;
      return [this.#last, false];
    } finally {
      clearTimeout(timer);
    }
  }
}
