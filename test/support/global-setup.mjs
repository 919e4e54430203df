import { mkdtempSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// jest maps `.js` to `.ts` in tests only: here Node strips the types by itself and needs the same mapping.
const hooks = registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (specifier.startsWith('.') && specifier.endsWith('.js'))
        return next(specifier.replace(/\.js$/, '.ts'), context);
      throw error;
    }
  },
});
const { startPostgres } = await import('../../scripts/embedded/postgres.ts');
hooks.deregister();

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
  process.env.TRADEPROOF_TEST_POSTGRES = postgres.url('postgres');
  globalThis.stopTestPostgres = async () => {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
