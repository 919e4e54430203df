import type { IncomingMessage, OutgoingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { bytesHeldAtOnce, largestSealedBytes, SMALL_BODY_BYTES } from '../domain/limits.js';
import { envelopeNotNow } from '../domain/problems.js';

/**
 * What this process holds of the bodies of envelopes, of all senders together. Who sends one is known only once it is
 * read whole, so that anybody could fill the memory with bodies that never end.
 */
export class BodiesAtOnce {
  private bytes = 0;
  private readonly largest: number;
  private readonly most: number;

  /** `maxBodyBytes` is the largest document's. */
  constructor(maxBodyBytes: number) {
    this.largest = largestSealedBytes(maxBodyBytes);
    this.most = bytesHeldAtOnce(maxBodyBytes);
  }

  /** Bytes held now. */
  get held(): number {
    return this.bytes;
  }

  /**
   * What to read in place of the request's body; it counts until the answer has ended. It fails with ENVELOPE_NOT_NOW
   * once all together are too much; what then still comes is forgotten.
   */
  counted(request: IncomingMessage, answer: OutgoingMessage): Readable {
    const { 'content-length': length } = request.headers;
    // Too large is refused by the head, and never read.
    if (length !== undefined && (Number(length) <= SMALL_BODY_BYTES || Number(length) > this.largest)) return request;
    let own = 0;
    const forget = () => {
      this.bytes -= own;
      own = 0;
    };
    const counted = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        own += chunk.length;
        this.bytes += chunk.length;
        if (this.bytes <= this.most) return done(null, chunk);
        forget();
        // Not ended, which would close the connection before the answer is out.
        request.unpipe(counted).resume();
        done(envelopeNotNow('too many large envelopes come in at once', { retryAfterSeconds: 1 }));
      },
    });
    // Whoever reads it may have let go of it by then.
    counted.on('error', () => undefined);
    request.once('error', (error) => counted.destroy(error));
    answer.once('close', () => {
      forget();
      counted.destroy(new Error('the answer has ended'));
    });
    return request.pipe(counted);
  }
}
