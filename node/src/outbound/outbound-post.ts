import type { OnApplicationShutdown } from '@nestjs/common';
import { Agent as HttpAgent, type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { AddressRules } from './address-rules.js';
import { guardedLookup, readPlace } from './place.js';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface OutboundLimits {
  /** How long an answer may take in all, in milliseconds. */
  readonly withinMs: number;
  /** Most connections to one place at once. */
  readonly sockets: number;
  /** Largest answer that is read, in bytes. */
  readonly answerBytes: number;
}

/** Who this node is to the places that it sends to, and whom it believes there; PEM. Without it, as browsers do. */
export interface OutboundCertificates {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/** POSTs to places that others named, within the rules, over connections that are kept. Follows no redirect, trusts no proxy. */
export class OutboundPost implements OnApplicationShutdown {
  private readonly http: HttpAgent;
  private https: HttpsAgent;

  constructor(
    private readonly rules: AddressRules,
    private readonly limits: OutboundLimits,
    certificates?: OutboundCertificates,
  ) {
    this.http = new HttpAgent(this.pool);
    this.https = this.secureAgent(certificates);
  }

  /** Who this node is from the next connection on. Requests under way end on theirs, and idle ones end by themselves. */
  renew(certificates: OutboundCertificates): void {
    this.https = this.secureAgent(certificates);
  }

  /**
   * The answer of what listens at `place`, whatever its status. Rejects when there is none in time, `withinMs` if that is given;
   * PlaceRefused by the rules.
   */
  async send(
    place: string,
    body: string | Buffer,
    headers: OutgoingHttpHeaders,
    withinMs = this.limits.withinMs,
  ): Promise<Answer> {
    const url = readPlace(place, this.rules);
    const secure = url.protocol === 'https:';
    const options = {
      method: 'POST',
      agent: secure ? this.https : this.http,
      lookup: guardedLookup(url.protocol, this.rules),
      signal: AbortSignal.timeout(withinMs),
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    };
    return new Promise((resolve, reject) => {
      let responded = false;
      const request = (secure ? requestHttps : requestHttp)(url, options, (response) => {
        responded = true;
        this.read(response).then((text) => resolve({ status: response.statusCode ?? 0, body: text }), reject);
      });
      // Without a listener node:http says no more than 'close' of an answer 101: that would be waited for for ever.
      request.on('upgrade', (_response, socket) => {
        socket.destroy();
        reject(new Error('it answered with another protocol'));
      });
      // Where there is a response, how that ends counts.
      request.on('close', () => {
        if (!responded) reject(new Error('the connection was closed without an answer'));
      });
      request.on('error', reject).end(body);
    });
  }

  onApplicationShutdown(): void {
    this.http.destroy();
    this.https.destroy();
  }

  private get pool() {
    const { sockets, withinMs } = this.limits;
    return { keepAlive: true, maxSockets: sockets, maxFreeSockets: sockets, timeout: withinMs };
  }

  private secureAgent(certificates?: OutboundCertificates): HttpsAgent {
    return new HttpsAgent({ ...this.pool, ...certificates, minVersion: 'TLSv1.2' });
  }

  private async read(response: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > this.limits.answerBytes) throw new Error('the answer is too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}
