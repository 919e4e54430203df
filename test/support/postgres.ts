import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh database in the PostgreSQL of this jest run: empty, or a copy of the one that `template` names. */
export async function testDatabase({ template = 'template1' } = {}): Promise<TestDatabase> {
  const server = process.env['TRADEPROOF_TEST_POSTGRES'];
  if (!server)
    throw new Error('no PostgreSQL for tests: run them through jest.config.mjs, whose globalSetup starts it');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
