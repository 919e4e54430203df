import { Agent, request } from 'node:http';

export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
}

export interface LoadOptions {
  /** Called in turn. */
  readonly urls: readonly string[];
  readonly headers?: Record<string, string>;
  readonly connections: number;
  readonly seconds: number;
}

/** GETs as fast as `connections` keep-alive connections take them, for a bounded time. */
export async function load({ urls, headers = {}, connections, seconds }: LoadOptions): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let failures = 0;
  let called = 0;
  const until = performance.now() + seconds * 1000;
  const once = () =>
    new Promise<void>((resolve, reject) => {
      const started = performance.now();
      const sent = request(urls[called++ % urls.length]!, { agent, headers }, (response) => {
        response.resume();
        response.once('end', () => {
          if (response.statusCode !== 200) failures++;
          times.push(performance.now() - started);
          resolve();
        });
      });
      sent.once('error', reject);
      sent.end();
    });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) await once();
    }),
  );
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), failures };
}
