import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Anvil } from '../../../scripts/embedded/anvil.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { startAnvil } from '../../../test/support/anvil.js';
import { deployTo } from '../../../test/support/deployment.js';
import type { Log } from '../chain/index.js';
import { type RpcProxy, startRpcProxy } from '../chain/testing/rpc-proxy.js';
import type { Deployment } from '../config/index.js';
import { headerHash, type RpcHeader } from '../kernel/block-header.js';
import type { Hex } from '../kernel/hex.js';
import { ListeningIndexHead } from './listening-index-head.js';
import { GrantMaker } from './testing/grant-maker.js';
import { type IndexFixture, indexFixture } from './testing/index-fixture.js';
import { AWKWARD, probeRegistry } from './testing/probe.js';
import { wipeChainTables } from './wipe-chain-tables.js';

let anvil: Anvil;
let deployment: Deployment;
let grants: GrantMaker;
let index: IndexFixture;
const others: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  anvil = await startAnvil();
  ({ deployment } = await deployTo(anvil.url));
  grants = new GrantMaker(anvil.url, deployment);
});
afterAll(() => anvil.stop());
beforeEach(async () => {
  index = await indexFixture(deployment);
  await grants.resume();
});
afterEach(async () => {
  await index.close();
  for (const other of others.splice(0)) await other.close();
});

const blockNumber = async () => Number(await rpc(anvil.url, 'eth_blockNumber'));
const reachHead = (fixture = index) => fixture.reachHead(anvil.url);

/** Checksums of an index that is made from nothing now. */
async function freshChecksum() {
  const fresh = await indexFixture(deployment);
  others.push(fresh);
  fresh.start([anvil.url]);
  await reachHead(fresh);
  return fresh.checksum();
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await condition()); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > end) throw new Error('it did not happen in time');
  }
}

async function count(table: string): Promise<number> {
  const { rows } = await index.pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`);
  return Number(rows[0]!.n);
}

/** What a header says of a block without transactions. */
const EMPTY = {
  logsBloom: `0x${'00'.repeat(256)}`,
  transactionsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
  receiptsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
} as const;

/** A header that nothing leads to, whole in itself. */
function farAhead(header: RpcHeader): RpcHeader & { hash: Hex } {
  const ahead = { ...header, number: '0x3b9aca00' } as const;
  return { ...ahead, hash: headerHash(ahead) };
}

const logsOfAll = (): Promise<unknown[]> => {
  const address = Object.values(deployment.contracts).map((contract) => contract.address);
  return rpc(anvil.url, 'eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest', address }]);
};

async function proxy(): Promise<RpcProxy> {
  const started = await startRpcProxy(anvil.url);
  others.push(started);
  return started;
}

describe('the indexer', () => {
  it('indexes a backlog, every event once, and keeps every value as it was', async () => {
    const ids = await grants.make(20);
    await grants.revoke(ids.slice(0, 5));
    index.start([anvil.url]);
    await reachHead();
    expect(await count('chain_events')).toBe((await logsOfAll()).length);
    const { rows } = await index.pool.query<Record<string, unknown>>(
      `SELECT revoked, note, seen, made, cardinality(ids) AS ids FROM chain_probe_grants g JOIN chain_probe_makers m USING (maker)
       WHERE g.id = ANY ($1)`,
      [ids.map((id) => Buffer.from(id.slice(2), 'hex'))],
    );
    expect(rows.filter(({ revoked }) => revoked)).toHaveLength(5);
    const live = rows.filter(({ revoked }) => !revoked);
    expect(live).toHaveLength(15);
    for (const row of live) expect(row).toMatchObject({ note: AWKWARD, seen: [{ note: AWKWARD }], made: row['ids'] });
  });

  it('follows the head, and tells each replica', async () => {
    index.start([anvil.url]);
    await reachHead();
    const head = new ListeningIndexHead(index.url);
    await head.open();
    others.push(head);
    const seen: number[] = [];
    head.onChange(({ number }) => seen.push(number));
    for (let i = 0; i < 5; i++) {
      await grants.make(1);
      const number = await blockNumber();
      expect(await head.waitFor(number, 60_000)).toBe(true);
      const block = await rpc<{ hash: string; timestamp: string }>(anvil.url, 'eth_getBlockByNumber', [
        'latest',
        false,
      ]);
      expect(head.current()).toEqual({ number, hash: block.hash, timestamp: Number(block.timestamp) });
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(await head.waitFor((await blockNumber()) + 1, 50)).toBe(false);
  });

  it('rewinds to the common ancestor when blocks are replaced, and ends as if it had never seen the old ones', async () => {
    const kept = await grants.make(3);
    index.start([anvil.url]);
    await reachHead();
    for (let round = 0; round < 3; round++) {
      await grants.make(4);
      await grants.revoke(kept.slice(round, round + 1));
      await reachHead();
      const before = await index.checksum();
      await rpc(anvil.url, 'anvil_reorg', [4, []]);
      await grants.resume();
      await grants.make(2);
      await reachHead();
      const after = await index.checksum();
      expect(after).not.toEqual(before);
      expect(after).toEqual(await freshChecksum());
    }
  });

  it('rewinds when the chain lost blocks', async () => {
    await grants.make(6);
    index.start([anvil.url]);
    await reachHead();
    await rpc(anvil.url, 'anvil_rollback', [4]);
    await reachHead();
    expect(await index.checksum()).toEqual(await freshChecksum());
    await grants.resume();
    await grants.make(1);
    await reachHead();
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('rewinds rows to images of before a migration that added a column', async () => {
    await grants.make(2);
    index.start([anvil.url]);
    await reachHead();
    await index.pool.query(`ALTER TABLE chain_probe_makers ADD COLUMN since text NOT NULL DEFAULT 'ever'`);
    await grants.make(2);
    await reachHead();
    // The projection does not know the column, as the release that took the image did not.
    const { rows } = await index.pool.query<{ images: string }>(`
      SELECT images::text FROM indexer_undo WHERE table_name = 'chain_probe_makers' AND images::text LIKE '%"before"%'`);
    expect(rows.map(({ images }) => images.includes('since'))).toContain(false);
    await rpc(anvil.url, 'anvil_reorg', [2, []]);
    await reachHead();
    await index.pool.query('ALTER TABLE chain_probe_makers DROP COLUMN since');
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('goes back over several batches at once', async () => {
    index.start([anvil.url]);
    for (let i = 0; i < 8; i++) {
      await grants.make(1);
      await reachHead();
    }
    await rpc(anvil.url, 'anvil_reorg', [7, []]);
    await reachHead();
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('indexes anew when the chain changed further back than is kept', async () => {
    await grants.make(12);
    index.start([anvil.url], { keptBlocks: 3 });
    await reachHead();
    await rpc(anvil.url, 'anvil_reorg', [10, []]);
    await grants.resume();
    await grants.make(1);
    await reachHead();
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('does not index anew because an endpoint once gave blocks of a fork', async () => {
    await grants.make(8);
    await rpc(anvil.url, 'anvil_mine', ['0x1']);
    const forked = await proxy();
    // As in a backlog, far behind the head: nothing is kept to go back to.
    index.start([forked.url], { keptBlocks: -1 });
    await reachHead();
    await index.pool.query(`UPDATE chain_probe_grants SET note = 'not wiped'`);
    const at = await blockNumber();
    // The next block as it would be on a fork: empty, whole in itself, upon another parent.
    const fork = await rpc<object>(anvil.url, 'eth_getBlockByNumber', [`0x${at.toString(16)}`, false]);
    let given = 0;
    forked.tamper(({ method }, result) => {
      const next: Hex = `0x${(at + 1).toString(16)}`;
      if (method !== 'eth_getBlockByNumber' || (result as RpcHeader).number !== next) return result;
      const header = { ...(fork as RpcHeader), number: next };
      given++;
      return { ...header, hash: headerHash(header) };
    });
    await grants.make(1);
    await until(() => given > 3);
    forked.tamper((_call, result) => result);
    await reachHead();
    const { rows } = await index.pool.query<{ n: string }>(
      `SELECT count(*) AS n FROM chain_probe_grants WHERE note = 'not wiped'`,
    );
    expect(Number(rows[0]!.n)).toBeGreaterThanOrEqual(8);
  });

  it.each([
    ['a far head', 0],
    ['a far head and empty blocks that lead to it', 16],
  ])('goes back no further than the chain did after an endpoint told of %s', async (_, made) => {
    const liar = await proxy();
    await grants.make(8);
    index.start([liar.url], { keptBlocks: 32 });
    await reachHead();
    await index.pool.query('CREATE TABLE chain_wiped AS SELECT false AS wiped');
    const last = await rpc<RpcHeader & { hash: Hex }>(anvil.url, 'eth_getBlockByNumber', ['latest', false]);
    const fakes = new Map<string, RpcHeader & { hash: Hex }>();
    for (let parent = last; fakes.size < made;) {
      const number: Hex = `0x${(Number(parent.number) + 1).toString(16)}`;
      const header = { ...last, ...EMPTY, number, parentHash: parent.hash };
      parent = { ...header, hash: headerHash(header) };
      fakes.set(number, parent);
    }
    liar.tamper(({ method, params }, result) => {
      if (method !== 'eth_getBlockByNumber') return result;
      return params[0] === 'latest' ? farAhead(result as RpcHeader) : (fakes.get(params[0] as Hex) ?? result);
    });
    const at = Number(last.number);
    if (made === 0) await grants.make(2);
    const applied = async () =>
      Number((await index.pool.query<{ n: string }>('SELECT number AS n FROM indexer_checkpoint')).rows[0]!.n);
    await until(async () => (await applied()) >= at + Math.max(made, 2));
    liar.tamper((_call, result) => result);
    if (made === 0) await rpc(anvil.url, 'anvil_reorg', [2, []]);
    await grants.resume();
    await grants.make(1);
    await reachHead();
    expect(await count('chain_wiped')).toBe(1);
    await index.pool.query('DROP TABLE chain_wiped');
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('keeps only so many blocks to go back to', async () => {
    await grants.make(10);
    index.start([anvil.url], { keptBlocks: 5 });
    await reachHead();
    await grants.make(3);
    // An empty block may come after those that have something.
    const number = await blockNumber();
    await reachHead();
    expect(await count('indexer_blocks')).toBeLessThanOrEqual(6 + 3);
    const { rows } = await index.pool.query<{ min: string }>('SELECT min(block) FROM indexer_undo');
    expect(Number(rows[0]!.min)).toBeGreaterThanOrEqual(number - 5);
  });

  it('fills wiped tables again with the identical content, while it runs', async () => {
    const ids = await grants.make(10);
    await grants.revoke(ids.slice(2, 4));
    index.start([anvil.url]);
    await reachHead();
    const before = await index.checksum();
    for (const { rows, table } of before) expect([table, rows > 0]).toEqual([table, true]);
    await wipeChainTables(index.pool);
    expect(await count('chain_events')).toBe(0);
    await reachHead();
    expect(await index.checksum()).toEqual(before);
  });

  it('tells two different contents apart by their checksums', async () => {
    await grants.make(2);
    index.start([anvil.url]);
    await reachHead();
    const before = await index.checksum();
    await index.pool.query(`UPDATE chain_probe_makers SET blocks = blocks || 1`);
    const after = await index.checksum();
    const changed = after.filter(({ sha256 }, i) => sha256 !== before[i]!.sha256);
    expect(changed.map(({ table }) => table)).toEqual(['chain_probe_makers']);
  });

  it('writes in one process at a time; the other takes over when the leader loses its connection', async () => {
    const [one, other] = [index.start([anvil.url]), index.start([anvil.url])];
    await reachHead();
    const leading = () => [one, other].filter((indexer) => indexer.status().leading);
    for (let round = 0; round < 3; round++) {
      await grants.make(5);
      await reachHead();
      // Who lost the lead may not have heard of it yet.
      await until(() => leading().length === 1);
      await index.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid IN
           (SELECT pid FROM pg_stat_activity WHERE application_name = 'tradeproof-indexer')`,
      );
      await grants.make(2);
      await reachHead();
    }
    expect(await index.checksum()).toEqual(await freshChecksum());
    // Whoever stands by is as well as who leads, whatever failed there before.
    const errors = () => [one, other].map((indexer) => indexer.status().error);
    await until(() => errors().every((error) => error === null));
    // However long one stands by, it keeps nothing of each second.
    await sleep(2_500);
    for (const indexer of [one, other])
      expect(getEventListeners(indexer['stopping'].signal, 'abort').length).toBeLessThan(2);
    await leading()[0]!.stop();
    await grants.make(1);
    await reachHead();
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('comes back after the chain and after an endpoint that lies, and never writes what it was lied', async () => {
    const [liar, honest] = [await proxy(), await proxy()];
    liar.tamper(({ method }, result) =>
      method === 'eth_getBlockReceipts' || method === 'eth_getLogs' ? (result as unknown[]).slice(0, 0) : result,
    );
    honest.cut(true);
    await grants.make(6);
    const indexer = index.start([liar.url, honest.url]);
    await until(() => indexer.status().error?.includes('CHAIN_UNAVAILABLE') ?? false);
    const genesis = deployment.startBlock + 5;
    const { rows } = await index.pool.query<{ number: string }>('SELECT number FROM indexer_checkpoint');
    expect(Number(rows[0]!.number)).toBeLessThan(genesis);
    honest.cut(false);
    await reachHead();
    expect(indexer.status().error).toBeNull();
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('believes no log as it is told that came within a pause, whatever the endpoint says of the head', async () => {
    const liar = await proxy();
    const honest = index.start([anvil.url]);
    await reachHead();
    await honest.stop();
    await grants.make(8);
    liar.tamper(({ method, params }, result) => {
      if (method === 'eth_getLogs')
        return (result as Log[]).map((log) => ({ ...log, data: log.data.replace(/..$/, '00') }));
      if (method !== 'eth_getBlockByNumber' || params[0] !== 'latest') return result;
      return farAhead(result as RpcHeader);
    });
    index.start([liar.url]);
    await reachHead();
    expect(liar.calls).not.toContain('eth_getLogs');
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('reads a backlog in bulk but for its first blocks', async () => {
    const endpoint = await proxy();
    await grants.make(1);
    await rpc(anvil.url, 'anvil_mine', ['0x12c']);
    await grants.make(2);
    index.start([endpoint.url]);
    await reachHead();
    expect(endpoint.calls.indexOf('eth_getBlockReceipts')).toBeLessThan(endpoint.calls.indexOf('eth_getLogs'));
    expect(endpoint.calls).toContain('eth_getLogs');
    expect(await count('chain_events')).toBe((await logsOfAll()).length);
  });

  it('follows the chain on after an endpoint that told of a head far beyond it, and is gone', async () => {
    const [liar, honest] = [await proxy(), await proxy()];
    index.start([honest.url, liar.url]);
    await reachHead();
    let told = false;
    liar.tamper(({ method, params }, result) => {
      if (method !== 'eth_getBlockByNumber' || params[0] !== 'latest') return result;
      told = true;
      return farAhead(result as RpcHeader);
    });
    honest.cut(true);
    await until(() => told);
    liar.cut(true);
    honest.cut(false);
    await grants.make(2);
    await reachHead();
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('passes an endpoint over that lags behind what is indexed', async () => {
    const [first, second] = [await proxy(), await proxy()];
    index.start([first.url, second.url]);
    await grants.make(3);
    await reachHead();
    const old = await rpc(anvil.url, 'eth_getBlockByNumber', [`0x${((await blockNumber()) - 2).toString(16)}`, false]);
    first.tamper(({ method, params }, result) =>
      method === 'eth_getBlockByNumber' && params[0] === 'latest' ? old : result,
    );
    await grants.make(1);
    await reachHead();
  });

  it('goes on when the block that it was about to read is replaced before it could', async () => {
    const endpoint = await proxy();
    index.start([endpoint.url]);
    await reachHead();
    let asked = false;
    endpoint.tamper(({ method }, result) => {
      if (method !== 'eth_getBlockReceipts') return result;
      asked = true;
      throw new Error('no answer');
    });
    await grants.make(1);
    await until(() => asked);
    await rpc(anvil.url, 'anvil_rollback', [1]);
    await grants.resume();
    await grants.make(1);
    endpoint.tamper((_call, result) => result);
    await reachHead();
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('writes nothing of a batch whose projection fails, and says why', async () => {
    const registry = probeRegistry();
    let broken = false;
    registry.add({
      event: 'GrantRevoked',
      touches: () => [],
      apply: () => {
        if (broken) throw new Error('a defect');
      },
    });
    const indexer = index.start([anvil.url], { registry });
    await reachHead();
    const at = await blockNumber();
    const ids = await grants.make(1);
    await reachHead();
    const before = await index.checksum();
    broken = true;
    await grants.revoke(ids);
    await until(() => indexer.status().error === 'a defect');
    // It is tried again less and less often, and said once: that a batch is begun anew does not make it well.
    const told = new Set<string | null>();
    for (const end = Date.now() + 1_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 2)))
      told.add(indexer.status().error);
    expect([...told]).toEqual(['a defect']);
    const { rows } = await index.pool.query<{ number: string }>('SELECT number FROM indexer_checkpoint');
    expect(Number(rows[0]!.number)).toBe(at + 1);
    expect(await index.checksum()).toEqual(before);
    broken = false;
    await reachHead();
    expect(await index.checksum()).toEqual(await freshChecksum());
  });

  it('writes a backlog without secondary indexes, which are there when the head is, whoever comes to it', async () => {
    const indexes = async () => {
      const all = "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'chain\\_%' ORDER BY indexname";
      return (await index.pool.query<{ indexdef: string }>(all)).rows.map(({ indexdef }) => indexdef);
    };
    const few = 'CREATE INDEX chain_probe_grants_revoked ON public.chain_probe_grants USING btree (id) WHERE revoked';
    await index.pool.query(few);
    const all = await indexes();
    const registry = probeRegistry();
    const defect = () => {
      throw new Error('a defect');
    };
    registry.add({ event: 'GrantMade', touches: () => [], apply: defect });
    await grants.make(1);
    const first = index.start([anvil.url], { registry, backlogBlocks: 1 });
    await until(() => first.status().error === 'a defect');
    // Those that keep rows unique, and those of a few rows.
    const kept = all.filter((each) => each.startsWith('CREATE UNIQUE') || each.includes(' WHERE '));
    expect(all.length).toBeGreaterThan(kept.length);
    expect(kept).toContain(few);
    expect(await indexes()).toEqual(kept);
    await first.stop();
    index.start([anvil.url]);
    await reachHead();
    expect(await indexes()).toEqual(all);
    expect(await count('deferred_indexes')).toBe(0);
    expect(await index.checksum()).toEqual(await freshChecksum());
    // Nor is PostgreSQL left to find out by itself what came in.
    const known = `pg_stats WHERE tablename IN ('chain_events', 'chain_probe_grants') AND attname IN ('block', 'id')`;
    await until(async () => (await count(known)) === 2);
  });

  it('writes a backlog with its indexes while somebody reads a table for long', async () => {
    const reading = await index.pool.connect();
    await reading.query('BEGIN; SELECT FROM chain_events');
    await grants.make(1);
    index.start([anvil.url], { backlogBlocks: 1 });
    await reachHead();
    await reading.query('COMMIT');
    reading.release();
    expect(await count('deferred_indexes')).toBe(0);
  });

  it('keeps its indexes when there is little to catch up with', async () => {
    const made = async () =>
      (await index.pool.query("SELECT oid FROM pg_class WHERE relname = 'chain_events_object'")).rows;
    const before = await made();
    index.start([anvil.url], { backlogBlocks: (await blockNumber()) + 1 });
    await reachHead();
    expect(await made()).toEqual(before);
  });
});
