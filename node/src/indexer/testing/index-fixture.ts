import pg from 'pg';
import { DataSource } from 'typeorm';
import { Indexer1795385500001 } from '../../../migrations/1795385500001-indexer.js';
import { Events1795386000005 } from '../../../migrations/1795386000005-events.js';
import { DeferredIndexes1795890000001 } from '../../../migrations/1795890000001-deferred-indexes.js';
import { Following1795900000001 } from '../../../migrations/1795900000001-following.js';
import { IndexBeforeARebuild1795913000001 } from '../../../migrations/1795913000001-index-before-a-rebuild.js';
import { RebuildsTakeNothingBack1795913000002 } from '../../../migrations/1795913000002-rebuilds-take-nothing-back.js';
import { testDatabase } from '../../../../test/support/postgres.js';
import { rpc } from '../../../../scripts/embedded/rpc.js';
import { Contracts, HeadSignal, LogDecoder, openChain, RegistryDomains } from '../../chain/index.js';
import type { Deployment } from '../../config/index.js';
import { chainChecksum, type TableChecksum } from '../chain-checksum.js';
import { readCheckpoint } from '../checkpoint.js';
import { Indexer } from '../indexer.js';
import { loadRowsFrom } from '../load-rows.js';
import type { ProjectionRegistry } from '../projection-registry.js';
import { PROBE_TABLES, probeRegistry } from './probe.js';

export interface IndexOptions {
  readonly keptBlocks?: number;
  readonly backlogBlocks?: number;
  readonly registry?: ProjectionRegistry;
  readonly patienceMs?: number;
}

/** A database with the indexer's and the probe's tables, and indexers of it. */
export interface IndexFixture {
  readonly url: string;
  readonly pool: pg.Pool;
  start(urls: readonly string[], options?: IndexOptions): Indexer;
  /** Resolves when the chain's last block, whichever that is by then, is the last that is indexed; rejects after a minute. */
  reachHead(url: string): Promise<void>;
  checksum(): Promise<TableChecksum[]>;
  close(): Promise<void>;
}

export async function indexFixture(deployment: Deployment): Promise<IndexFixture> {
  const database = await testDatabase();
  const migrations = [
    Indexer1795385500001,
    Events1795386000005,
    DeferredIndexes1795890000001,
    Following1795900000001,
    IndexBeforeARebuild1795913000001,
    RebuildsTakeNothingBack1795913000002,
  ];
  const source = new DataSource({ type: 'postgres', url: database.url, migrations });
  await source.initialize();
  await source.runMigrations();
  await source.query(PROBE_TABLES);
  await source.destroy();
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => undefined);
  const contracts = new Contracts(deployment);
  const domains = new RegistryDomains(deployment.domains);
  const running: { indexer: Indexer; signal: HeadSignal }[] = [];
  return {
    url: database.url,
    pool,
    start(urls, { keptBlocks = 64, backlogBlocks = 1_000, registry = probeRegistry(), patienceMs = 300 } = {}) {
      const { chainId, startBlock } = deployment;
      const chain = openChain({ urls, chainId, contracts, domains }, { patienceMs, timeoutMs: 30_000 });
      const signal = new HeadSignal(urls);
      const decoder = new LogDecoder(contracts);
      const load = loadRowsFrom(pool);
      const parts = { chain, decoder, registry, load, pool, startBlock, keptBlocks, backlogBlocks };
      const indexer = new Indexer(database.url, parts, signal);
      running.push({ indexer, signal });
      indexer.start();
      return indexer;
    },
    async reachHead(url) {
      for (const deadline = Date.now() + 60_000; ;) {
        const at = await readCheckpoint(pool);
        // Read each time: what a reorg gave back to the chain comes into blocks of its own, whenever it likes.
        const { hash } = await rpc<{ hash: string }>(url, 'eth_getBlockByNumber', ['latest', false]);
        if (at.hash === hash) return;
        if (Date.now() > deadline) throw new Error(`the index is at block ${at.number} ${at.hash}, not at ${hash}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    checksum: () => chainChecksum(pool),
    async close() {
      for (const { indexer, signal } of running) {
        await indexer.stop();
        signal.close();
      }
      await pool.end();
      await database.drop();
    },
  };
}
