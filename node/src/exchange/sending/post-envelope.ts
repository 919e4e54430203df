import { type AddressRules, type Answer, OutboundPost } from '../../outbound/index.js';
import { ANSWER_WITHIN_MS, AT_ONCE, LARGEST_ANSWER_BYTES } from '../domain/limits.js';
import { envelopesUrl } from './endpoint.js';

/** Sends sealed envelopes to endpoints. */
export class EnvelopePost extends OutboundPost {
  constructor(private readonly endpoints: AddressRules) {
    super(endpoints, { withinMs: ANSWER_WITHIN_MS, sockets: AT_ONCE, answerBytes: LARGEST_ANSWER_BYTES });
  }

  /** The answer of the node at `endpoint`. Rejects when there is none in time, or the endpoint is refused. */
  deliver(endpoint: string, sealed: string): Promise<Answer> {
    const { href } = envelopesUrl(endpoint, this.endpoints);
    return this.send(href, sealed, { 'content-type': 'application/jose' });
  }
}
