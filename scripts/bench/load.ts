import { setTimeout } from 'node:timers/promises';
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
  /** Calls a second, evenly, each timed from when it was due; as many as are answered otherwise. */
  readonly pace?: number;
}

/**
 * GETs as fast as `connections` keep-alive connections take them, for a bounded time. Answers are thrown away as they come: what asks shares
 * the processors with what is measured, and with node:http took as much of them as bare Fastify took to answer.
 */
export async function load({ urls, headers = {}, connections, seconds, pace }: LoadOptions): Promise<Load> {
  const places = urls.map((url) => new URL(url));
  const paths = places.map(({ pathname, search }) => pathname + search);
  const pool = new Pool(places[0]!.origin, { connections, pipelining: 1 });
  const times: number[] = [];
  let failures = 0;
  let called = 0;
  const begin = performance.now();
  const until = begin + seconds * 1000;
  const once = (path: string, started: number) =>
    new Promise<void>((resolve, reject) => {
      pool.dispatch(
        { method: 'GET', path, headers },
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
      while (performance.now() < until) {
        const nth = called++;
        const due = pace === undefined ? performance.now() : begin + (nth * 1000) / pace;
        if (due >= until) return;
        if (due > performance.now()) await setTimeout(due - performance.now());
        await once(paths[nth % paths.length]!, due);
      }
    }),
  );
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), failures };
}
