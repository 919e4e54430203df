import type { OnApplicationShutdown } from '@nestjs/common';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { ANSWER_WITHIN_MS, AT_ONCE, LARGEST_ANSWER_BYTES } from '../domain/limits.js';
import type { AddressRules } from './address-rules.js';
import { envelopesUrl, guardedLookup } from './endpoint.js';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const SOCKETS = { keepAlive: true, maxSockets: AT_ONCE, maxFreeSockets: AT_ONCE, timeout: ANSWER_WITHIN_MS };

/** Sends sealed envelopes to endpoints, over connections that are kept. Follows no redirect. */
export class EnvelopePost implements OnApplicationShutdown {
  private readonly http = new HttpAgent(SOCKETS);
  private readonly https = new HttpsAgent(SOCKETS);

  constructor(private readonly rules: AddressRules) {}

  /** The answer of the node at `endpoint`. Rejects when there is none in time, or the endpoint is refused. */
  async send(endpoint: string, sealed: string): Promise<Answer> {
    const url = envelopesUrl(endpoint, this.rules);
    const secure = url.protocol === 'https:';
    const options = {
      method: 'POST',
      agent: secure ? this.https : this.http,
      lookup: guardedLookup(url.protocol, this.rules),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      headers: { 'content-type': 'application/jose', 'content-length': Buffer.byteLength(sealed) },
    };
    return new Promise((resolve, reject) => {
      const request = (secure ? requestHttps : requestHttp)(url, options, (response) => {
        read(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
      });
      request.on('error', reject).end(sealed);
    });
  }

  onApplicationShutdown(): void {
    this.http.destroy();
    this.https.destroy();
  }
}

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_ANSWER_BYTES) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
