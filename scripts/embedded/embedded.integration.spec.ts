import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { testDatabase } from '../../test/support/postgres.js';
import { startAnvilProcess } from './anvil.js';
import { rpc } from './rpc.js';

describe('the embedded database and chain', () => {
  it('gives a database that is empty and one’s own', async () => {
    const database = await testDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query("SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'");
    await client.end();
    await database.drop();
    expect(rows).toEqual([{ tables: 0 }]);
  });

  it('keeps block hashes up to the last save over a crash, and loses only what came after', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-anvil-'));
    const hashOf = async (url: string, block: string) =>
      (await rpc<{ hash: string } | null>(url, 'eth_getBlockByNumber', [block, false]))?.hash;
    const first = await startAnvilProcess({ dir });
    await rpc(first.url, 'anvil_mine', ['0x5']);
    expect(await first.save()).toBe(5);
    const saved = await hashOf(first.url, '0x5');
    await rpc(first.url, 'anvil_mine', ['0x3']);
    await first.kill();
    const second = await startAnvilProcess({ dir });
    try {
      expect(await rpc(second.url, 'eth_blockNumber')).toBe('0x5');
      expect(await hashOf(second.url, '0x5')).toBe(saved);
    } finally {
      await second.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
