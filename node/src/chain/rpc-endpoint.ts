import { request } from 'undici';
import type { Hex } from '../kernel/hex.js';
import { EndpointError, RpcError } from './rpc-error.js';

/** One JSON-RPC request. */
export interface RpcRequest {
  readonly method: string;
  readonly params: readonly unknown[];
}

interface Answer {
  readonly id?: number | null;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

export interface EndpointOptions {
  /** Ms until a round trip counts as failed. */
  readonly timeoutMs?: number;
  /** Most requests in one body; Besu refuses more than 1,024 by default. */
  readonly batchSize?: number;
}

/** One JSON-RPC endpoint over HTTP with connections kept alive. */
export class RpcEndpoint {
  /** Scheme and host: what may be shown, since the rest of the URL can be a credential. */
  readonly name: string;
  private readonly url: URL;
  private readonly headers: Record<string, string> = { 'content-type': 'application/json' };

  constructor(
    url: string,
    private readonly options: EndpointOptions = {},
  ) {
    this.url = new URL(url);
    const { username, password } = this.url;
    if (username || password) {
      const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
      this.headers['authorization'] = `Basic ${credentials.toString('base64')}`;
      this.url.username = this.url.password = '';
    }
    this.name = this.url.origin;
  }

  /** One request. Throws RpcError when it is refused, EndpointError when the endpoint fails. */
  async request(method: string, params: readonly unknown[] = []): Promise<unknown> {
    const [result] = await this.batch([{ method, params }]);
    if (result instanceof RpcError) throw result;
    return result;
  }

  /** Requests in as few round trips as the batch size allows; a refused one gives its RpcError as its result. */
  async batch(requests: readonly RpcRequest[]): Promise<unknown[]> {
    const size = this.options.batchSize ?? 200;
    const parts: Promise<unknown[]>[] = [];
    for (let at = 0; at < requests.length; at += size) parts.push(this.roundTrip(requests.slice(at, at + size)));
    return (await Promise.all(parts)).flat();
  }

  private async roundTrip(requests: readonly RpcRequest[]): Promise<unknown[]> {
    const bodies = requests.map(({ method, params }, id) => ({ jsonrpc: '2.0', id, method, params }));
    const answer = await this.post(JSON.stringify(bodies.length === 1 ? bodies[0] : bodies));
    const list = Array.isArray(answer) ? (answer as Answer[]) : [answer as Answer];
    const results: unknown[] = new Array<unknown>(requests.length);
    let answered = 0;
    for (const item of list) {
      const request = typeof item?.id === 'number' ? requests[item.id] : undefined;
      // An error without an id refuses the body as a whole, e.g. for its size.
      if (!request && item?.error) throw new EndpointError('MALFORMED', `refused the batch: ${item.error.message}`);
      if (!request) throw new EndpointError('MALFORMED', 'answered what was not asked');
      results[item.id!] = item.error ? rpcError(request.method, item.error) : item.result;
      answered++;
    }
    if (answered !== requests.length)
      throw new EndpointError('MALFORMED', `answered ${answered} of ${requests.length}`);
    return results;
  }

  private async post(body: string): Promise<unknown> {
    let text: string;
    try {
      const signal = AbortSignal.timeout(this.options.timeoutMs ?? 10_000);
      // Not fetch: its streams cost a tenth of all that indexing takes.
      const { statusCode, body: answer } = await request(this.url, {
        method: 'POST',
        headers: this.headers,
        body,
        signal,
      });
      text = await answer.text();
      if (statusCode >= 300 && !text.startsWith('{')) throw new Error(`HTTP status ${statusCode}`);
    } catch (error) {
      // Of several addresses that all refuse there is a code, and no message.
      const { message, cause, code } = error as Error & { cause?: { message?: string }; code?: string };
      throw new EndpointError('UNREACHABLE', cause?.message || message || (code ?? 'no connection'));
    }
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new EndpointError('MALFORMED', 'answered something that is not JSON');
    }
  }
}

function rpcError(method: string, { code, message, data }: NonNullable<Answer['error']>): RpcError {
  // Most clients give the revert's data as such, Hardhat's within an object.
  const found = typeof data === 'object' && data !== null ? (data as { data?: unknown }).data : data;
  const revertData = typeof found === 'string' && found.startsWith('0x') ? (found as Hex) : undefined;
  return new RpcError(method, code, message, revertData);
}
