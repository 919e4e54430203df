import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import pg from 'pg';
import { testDatabase } from '../../test/support/postgres.js';
import { startAnvilProcess } from './anvil.js';
import { type Spawn, spawnChild } from './child.js';
import { startPostgres } from './postgres.js';
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

  it('starts a database whose making was killed', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-pg-'));
    const killedHalfWay: Spawn = (...args) => {
      const child = spawnChild(...args);
      const look = setInterval(() => {
        if (!existsSync(join(dir, 'data.part', 'PG_VERSION'))) return;
        clearInterval(look);
        child.kill('SIGKILL');
      }, 1);
      return child;
    };
    await expect(startPostgres({ dir, spawn: killedHalfWay })).rejects.toThrow('initdb failed');
    const postgres = await startPostgres({ dir, settings: { fsync: 'off' } });
    try {
      await postgres.createDatabase('whole');
    } finally {
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    }
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

  it('holds no transaction for ever whose nonce is the next of its account', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-anvil-'));
    const chain = await startAnvilProcess({ dir });
    try {
      const { address, ...signer } = localSigner();
      const count = async () => Number(await rpc<string>(chain.url, 'eth_getTransactionCount', [address, 'latest']));
      const queued = async () => (await rpc<{ queued: string }>(chain.url, 'txpool_status')).queued;
      const raw = await signer.transaction(1);
      await rpc(chain.url, 'eth_sendRawTransaction', [raw]);
      expect(await queued()).toBe('0x1');
      // What happens when the transaction before it is mined at the wrong moment.
      await rpc(chain.url, 'anvil_setNonce', [address, '0x1']);
      await expect(rpc(chain.url, 'eth_sendRawTransaction', [raw])).rejects.toThrow('already imported');
      while ((await queued()) !== '0x0') await new Promise((resolve) => setTimeout(resolve, 100));
      await rpc(chain.url, 'eth_sendRawTransaction', [raw]);
      while ((await count()) !== 2) await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      await chain.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

/** A new account, and a transfer of nothing from it to itself. */
function localSigner() {
  const wallet = Wallet.createRandom();
  const nothing = { chainId: 31_337, to: wallet.address, gasLimit: 21_000, gasPrice: 0, type: 0 };
  return { address: wallet.address, transaction: (nonce: number) => wallet.signTransaction({ ...nothing, nonce }) };
}
