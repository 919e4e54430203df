import type { Config } from '../config/index.js';

type Limits = Pick<Config, 'headersTimeoutSeconds' | 'requestTimeoutSeconds' | 'maxWaitSeconds'>;

/** Beyond it a head is refused with 431. */
export const MAX_HEADER_BYTES = 16_384;

/** What a server of this node lets a connection do: for all its doors alike. */
export function serverLimits({ headersTimeoutSeconds, requestTimeoutSeconds, maxWaitSeconds }: Limits) {
  return {
    // A head that trickles in holds a socket; the whole request may take as long as a large body on a slow line.
    http: {
      headersTimeout: headersTimeoutSeconds * 1000,
      requestTimeout: requestTimeoutSeconds * 1000,
      maxHeaderSize: MAX_HEADER_BYTES,
      // How often the two above are looked at, so how much later than said a connection may end.
      connectionsCheckingInterval: Math.min(5000, headersTimeoutSeconds * 500),
    },
    // Fastify sets it on its server, over what is said above.
    requestTimeout: requestTimeoutSeconds * 1000,
    // Silent both ways: a client that vanished, or that does not read its answer. Longer than any answer may be waited for.
    connectionTimeout: (maxWaitSeconds + requestTimeoutSeconds) * 1000,
  };
}
