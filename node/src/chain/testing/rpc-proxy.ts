import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as a test may answer it. */
export interface ProxiedCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Changes an endpoint's result, e.g. to lie; what it returns is sent to the client. May throw to answer nothing. */
export type Tamper = (call: ProxiedCall, result: unknown) => unknown;

export interface RpcProxy {
  readonly url: string;
  /** Methods asked for so far. */
  readonly calls: string[];
  /** From now on results pass through this. */
  tamper(tamper: Tamper): void;
  /** From now on requests of this method are answered with null and not passed on; of none with null. */
  swallow(method: string | null): void;
  /** From now on connections are cut (or not). */
  cut(down: boolean): void;
  close(): Promise<void>;
}

interface Message extends ProxiedCall {
  readonly id: number;
  result?: unknown;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** An endpoint that passes JSON-RPC on to a real one, for tests of what happens when endpoints fail or lie. */
export async function startRpcProxy(target: string): Promise<RpcProxy> {
  const calls: string[] = [];
  let tamper: Tamper = (_call, result) => result;
  let down = false;
  let swallowed: string | null = null;
  const server = createServer((request, response) => {
    void (async () => {
      if (down) return void request.socket.destroy();
      let body = '';
      for await (const chunk of request) body += chunk;
      const asked = [JSON.parse(body) as Message | Message[]].flat();
      const passed = asked.filter(({ method }) => method !== swallowed);
      const answers: Message[] = asked.filter((one) => !passed.includes(one)).map((one) => ({ ...one, result: null }));
      if (passed.length) {
        const real = await fetch(target, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(passed) });
        answers.push(...((await real.json()) as Message[]));
      }
      const byId = new Map(asked.map((message) => [message.id, message]));
      try {
        for (const item of answers) {
          const call = byId.get(item.id)!;
          calls.push(call.method);
          if ('result' in item) item.result = tamper(call, item.result);
        }
        response.writeHead(200, JSON_TYPE).end(JSON.stringify(body.startsWith('[') ? answers : answers[0]));
      } catch {
        request.socket.destroy();
      }
    })().catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    tamper: (next) => void (tamper = next),
    swallow: (method) => void (swallowed = method),
    cut: (value) => void (down = value),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
