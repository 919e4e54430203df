import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { IndexHead } from '../../indexer/index.js';

/** Block time, by which grants begin and end. */
@Injectable()
export class GrantClock {
  constructor(
    private readonly head: IndexHead,
    private readonly config: Config,
  ) {}

  /** Seconds, of the last indexed block. */
  now(): number {
    return this.head.current().timestamp;
  }

  /**
   * Whether the last indexed block is recent enough, by the host's clock, to serve copies: a node that is cut off from the
   * chain would not hear of a revocation.
   */
  get fresh(): boolean {
    return Date.now() / 1000 - this.now() <= this.config.maxBlockAgeSeconds;
  }
}
