import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './typescript.mjs';

const { startPostgres } = await import('../../scripts/embedded/postgres.ts');

/**
 * One PostgreSQL a jest run, for all nodes of all workers at once. fsync is off here alone: a test machine that loses power runs its
 * tests again.
 */
export default async function setup() {
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-pg-'));
  const postgres = await startPostgres({
    dir,
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '600' },
  });
  // jest tears nothing down when a signal ends it; its children end with its process.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  process.env.TRADEPROOF_TEST_POSTGRES = postgres.url('postgres');
  globalThis.stopTestPostgres = async () => {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
