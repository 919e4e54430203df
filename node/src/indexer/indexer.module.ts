import {
  Global,
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import type pg from 'pg';
import { ChainClient, Contracts, DEPLOYMENT, HeadSignal, LogDecoder } from '../chain/index.js';
import { Config, type Deployment } from '../config/index.js';
import { PG_POOL } from '../database/index.js';
import { HealthIndicators } from '../health/index.js';
import { INDEX_HEAD } from '../http/index.js';
import { IndexHead } from './index-head.js';
import { IndexMetrics } from './index-metrics.js';
import { Indexer } from './indexer.js';
import { ListeningIndexHead } from './listening-index-head.js';
import { loadRowsFrom } from './load-rows.js';
import { ProjectionRegistry } from './projection-registry.js';

/** How many of the last blocks can be rewound; a change further back indexes all anew. */
const KEPT_BLOCKS = 512;
/** Half an hour of blocks. */
const BACKLOG_BLOCKS = 1_000;

/** Keeps the chain-derived tables, in processes with the role `indexer`; tells the head in all. */
@Global()
@Module({
  providers: [
    IndexMetrics,
    ProjectionRegistry,
    {
      provide: IndexHead,
      inject: [Config, PG_POOL],
      // Depends on PG_POOL only so that the migrations have run.
      useFactory: (config: Config) => new ListeningIndexHead(config.databaseUrl),
    },
    { provide: INDEX_HEAD, inject: [IndexHead], useFactory: headPort },
    {
      provide: Indexer,
      inject: [Config, DEPLOYMENT, ChainClient, Contracts, HeadSignal, ProjectionRegistry, PG_POOL],
      useFactory: makeIndexer,
    },
  ],
  exports: [ProjectionRegistry, IndexHead, INDEX_HEAD, Indexer],
})
export class IndexerModule implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly config: Config,
    private readonly registry: ProjectionRegistry,
    @Inject(IndexHead) private readonly head: ListeningIndexHead,
    private readonly chain: ChainClient,
    private readonly indexer: Indexer,
    private readonly indicators: HealthIndicators,
  ) {
    registry.ignore({
      Initialized: 'a registry began: its genesis is told by events of its own',
      Upgraded:
        'no row is about code: proofs read the implementation from storage, and a migration tells what it changes by events of its own',
      EIP712DomainChanged: 'declared by the standard, emitted by no registry',
    });
  }

  async onModuleInit(): Promise<void> {
    // Whoever indexes has noted it already.
    this.head.onChange(({ number }) => this.chain.noteSeen(number));
    await this.head.open();
    if (this.config.roles.includes('indexer')) this.indicators.add('indexing', () => this.indexing());
  }

  onApplicationBootstrap(): void {
    this.registry.assertComplete();
    if (this.config.roles.includes('indexer')) this.indexer.start();
  }

  // Before the pools are closed, which happens on shutdown itself.
  async beforeApplicationShutdown(): Promise<void> {
    await this.indexer.stop();
    await this.head.close();
  }

  /** An outage of the chain's endpoints takes no process out of service: what is indexed can be read. */
  private indexing(): Promise<{ leading: boolean; awaitsChain: boolean }> {
    const { leading, error, awaitsChain } = this.indexer.status();
    if (error !== null && !awaitsChain) return Promise.reject(new Error(error));
    return Promise.resolve({ leading, awaitsChain });
  }
}

function makeIndexer(
  config: Config,
  { startBlock }: Deployment,
  chain: ChainClient,
  contracts: Contracts,
  signal: HeadSignal,
  registry: ProjectionRegistry,
  pool: pg.Pool,
): Indexer {
  const parts = { chain, decoder: new LogDecoder(contracts), registry, load: loadRowsFrom(pool), pool, startBlock };
  return new Indexer(config.databaseUrl, { ...parts, keptBlocks: KEPT_BLOCKS, backlogBlocks: BACKLOG_BLOCKS }, signal);
}

function headPort(head: IndexHead) {
  const known = () => (head.current().number < 0 ? undefined : head.current());
  return { current: known, waitFor: (block: number, ms: number) => head.waitFor(block, ms) };
}
