import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { isFree } from '../../scripts/embedded/ports.js';

/**
 * A port below those that the system gives to outgoing connections: one of those could take it while who listens there is
 * started, or started again. Each of jest's workers has a range of its own.
 */
export const drawPort = (): number =>
  10_000 + 6_000 * (Number(process.env['JEST_WORKER_ID'] ?? 0) % 3) + randomInt(5_900);

/** The last ones that were given: who asked for one may not listen there yet. */
const given: number[] = [];
const REMEMBERED = 100;

/** Such a port on which nobody listens, and another one for each who asks at the same time. */
export async function lowPort(): Promise<number> {
  for (;;) {
    const port = drawPort();
    if (given.includes(port)) continue;
    given.splice(0, given.length - REMEMBERED + 1);
    given.push(port);
    if (await isFree(port)) return port;
  }
}

/** A port that is kept from everybody until `release`, for whoever has to name it long before it listens there. */
export interface HeldPort {
  readonly port: number;
  release(): Promise<void>;
}

/** As {@link lowPort}, or this port, kept. Who knocks meanwhile is cut off. */
export async function holdPort(wanted?: number): Promise<HeldPort> {
  const port = wanted ?? (await lowPort());
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({ port, release: () => new Promise((released) => server.close(() => released())) }),
    );
  });
}
