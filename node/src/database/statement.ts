import { createHash } from 'node:crypto';

/** SQL that is parsed and planned once a connection. Its columns are named: a `*` of a table that grew would fail. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** For constants: each connection keeps what it ever prepared. */
export function statement(text: string): Statement {
  return { name: createHash('sha256').update(text).digest('hex').slice(0, 32), text };
}
