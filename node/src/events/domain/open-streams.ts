import { eventStreamsTooMany } from './problems.js';

/**
 * Streams of one credential at one process: one for each system that it is in, with room for those that a client left without this node having
 * noticed yet. Each reads the database at each block, so that a few hundred of one key would slow everybody down.
 */
export const MOST_STREAMS = 10;

/** How long to wait (s): a connection whose client is gone ends at the next thing told, or at the next comment. */
const RETRY_AFTER_SECONDS = 15;

/** Counts the streams that each credential has open at this process. */
export class OpenStreams {
  private readonly counts = new Map<string, number>();

  /** Counts one more. Returns what ends it, to be called once. Throws EVENT_STREAMS_TOO_MANY. */
  open(credential: string): () => void {
    const others = this.counts.get(credential) ?? 0;
    if (others >= MOST_STREAMS) {
      throw eventStreamsTooMany(`${others} are open with this credential`, {
        most: MOST_STREAMS,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    this.counts.set(credential, others + 1);
    return () => this.close(credential);
  }

  private close(credential: string): void {
    const left = this.counts.get(credential)! - 1;
    if (left > 0) this.counts.set(credential, left);
    else this.counts.delete(credential);
  }
}
