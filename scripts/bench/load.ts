import { Pool } from 'undici';

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

/**
 * GETs as fast as `connections` keep-alive connections take them, for a bounded time. Answers are thrown away as they come: what asks shares
 * the processors with what is measured, and with node:http took as much of them as bare Fastify took to answer.
 */
export async function load({ urls, headers = {}, connections, seconds }: LoadOptions): Promise<Load> {
  const places = urls.map((url) => new URL(url));
  const paths = places.map(({ pathname, search }) => pathname + search);
  const pool = new Pool(places[0]!.origin, { connections, pipelining: 1 });
  const times: number[] = [];
  let failures = 0;
  let called = 0;
  const until = performance.now() + seconds * 1000;
  const once = () =>
    new Promise<void>((resolve, reject) => {
      const started = performance.now();
      pool.dispatch(
        { method: 'GET', path: paths[called++ % paths.length]!, headers },
        {
          onRequestStart: () => undefined,
          onResponseData: () => undefined,
          onResponseStart(_, status) {
            if (status !== 200) failures++;
          },
          onResponseEnd() {
            times.push(performance.now() - started);
            resolve();
          },
          onResponseError(_, error) {
            reject(error);
          },
        },
      );
    });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) await once();
    }),
  );
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), failures };
}
