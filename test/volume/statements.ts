import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

/** A statement as it went to PostgreSQL. `name` for one that is prepared once a connection. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly name?: string;
  /** What is set on its connection, as `name=value`. */
  readonly settings: readonly string[];
}

const recording = new AsyncLocalStorage<Statement[]>();
type Query = (config: unknown, values?: unknown, ...rest: unknown[]) => unknown;

/** All statements that `fn` and what it calls send, over whichever connection, in their order. */
export async function statementsOf(fn: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const query = prototype.query;
  prototype.query = function (this: pg.Client, config, values, ...rest) {
    note(config, values, settingsOf(this));
    return query.call(this, config, values, ...rest);
  };
  try {
    await recording.run(statements, fn);
  } finally {
    prototype.query = query;
  }
  return statements;
}

function note(config: unknown, values: unknown, settings: readonly string[]): void {
  const statements = recording.getStore();
  if (typeof config === 'string') {
    statements?.push({ text: config, values: Array.isArray(values) ? (values as unknown[]) : [], settings });
    return;
  }
  const { text, name, values: own } = config as Partial<Statement>;
  if (text !== undefined)
    statements?.push({ text, name, values: own ?? (values as unknown[] | undefined) ?? [], settings });
}

function settingsOf(client: pg.Client): string[] {
  const { options } = (client as unknown as { connectionParameters: { options?: string } }).connectionParameters;
  return [...(options ?? '').matchAll(/-c (\S+)/g)].map(([, setting]) => setting!);
}
