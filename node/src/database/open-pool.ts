import pg from 'pg';
import { DatabaseClient } from './database-client.js';

/**
 * How connections are had, whichever library asks: whoever waits for one learns after 30 s that there is none, instead
 * of waiting for ever, and a server that vanished without a word is noticed.
 */
const CONNECTING = {
  connectionTimeoutMillis: 30_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const satisfies pg.PoolConfig;

/**
 * And kept: what repeats comes every few seconds and takes several at once, and to make one costs more than most of what is asked on it
 * (SCRAM, a process of the server's with empty caches).
 */
export const POOLED = {
  ...CONNECTING,
  idleTimeoutMillis: 60_000,
  Client: DatabaseClient,
} as const satisfies pg.PoolConfig;

/** A connection of its own, yet to be made, for what lives as long as it: LISTEN, and locks. It may break at any time. */
export function ownClient(options: pg.ClientConfig): pg.Client {
  return new DatabaseClient({ ...CONNECTING, ...options });
}

/** A pool of connections that may break at any time: idle, under a query, or held between two. */
export function openPool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...POOLED, ...options });
  // Queries reject by themselves, and the next one reconnects; without a listener the event would end the process.
  pool.on('error', () => undefined);
  return pool;
}
