// The package has no types of its own.
declare module 'pg-copy-streams' {
  import type { Duplex, Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  export function from(sql: string): Writable & Submittable;
  export function to(sql: string): Readable & Submittable;
  export function both(sql: string): Duplex & Submittable;
}
