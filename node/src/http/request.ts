import type { Span } from '@opentelemetry/api';
import type { Principal } from '../auth/principal.js';
import type { Reading } from '../audit/index.js';
import type { Head } from './ports.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; absent on a public route called without a credential. */
    principal?: Principal;
    /** The bytes of the body as they came. */
    rawBody?: Buffer;
    /** What the answer is at least as new as. */
    head?: Head;
    /** For how long the caller had its request wait for a block (ms). */
    waitedMs?: number;
    /** What the caller was shown of what others disclosed. */
    reading?: Reading;
    /** Ends with the answer; absent without a collector, and for what machines ask every few seconds. */
    span?: Span;
  }
}

/** Methods that change nothing. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isWrite(method: string): boolean {
  return !SAFE.has(method);
}
