import { RpcEndpoint } from '../../node/src/chain/rpc-endpoint.js';
import { EndpointError } from '../../node/src/chain/rpc-error.js';

/** Whatever a slow machine's chain takes. */
const TIMEOUT_MS = 300_000;

/** One JSON-RPC call over HTTP, for scripts and tests. User and password of the URL go into a header, and into no message. */
export async function rpc<T>(url: string, method: string, params: readonly unknown[] = []): Promise<T> {
  const endpoint = new RpcEndpoint(url, { timeoutMs: TIMEOUT_MS });
  try {
    return (await endpoint.request(method, params)) as T;
  } catch (error) {
    if (error instanceof EndpointError) throw new Error(`${endpoint.name}: ${error.message}`, { cause: error });
    throw error;
  }
}
