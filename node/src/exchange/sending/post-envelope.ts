import {
  type AddressRules,
  type Answer,
  type OutboundCertificates,
  OutboundPost,
  PlaceRefused,
} from '../../outbound/index.js';
import { ANSWER_WITHIN_MS, answerWithin, AT_ONCE, LARGEST_ANSWER_BYTES } from '../domain/limits.js';
import { envelopesUrl } from './endpoint.js';

/** Sends sealed envelopes to endpoints. */
export class EnvelopePost extends OutboundPost {
  /** `certificates`: for mutual TLS between members' nodes; plain http is refused then, wherever it leads. */
  constructor(
    private readonly endpoints: AddressRules,
    private readonly certificates?: OutboundCertificates,
  ) {
    const limits = { withinMs: ANSWER_WITHIN_MS, sockets: AT_ONCE, answerBytes: LARGEST_ANSWER_BYTES };
    super(endpoints, limits, certificates);
  }

  /** The answer of the node at `endpoint`. Rejects when there is none in time, or the endpoint is refused. */
  async deliver(endpoint: string, sealed: string): Promise<Answer> {
    const { href, protocol } = envelopesUrl(endpoint, this.endpoints);
    if (this.certificates && protocol !== 'https:') throw new PlaceRefused('plain http where nodes have certificates');
    return this.send(href, sealed, { 'content-type': 'application/jose' }, answerWithin(sealed.length));
  }
}
