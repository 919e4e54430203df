import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { Config } from '../config/index.js';
import { PREPARED_CONNECTIONS } from './connections.js';
import { loadMigrations } from './load-migrations.js';
import { migrate } from './migrate.js';
import { openPool, POOLED } from './open-pool.js';
import { PG_POOL, PREPARED_POOL } from './tokens.js';
import { UnitOfWork } from './unit-of-work.js';

/** Connections, schema and transactions. The schema is up to date before any other module is built. */
@Global()
@Module({
  providers: [
    { provide: DataSource, inject: [Config], useFactory: connect },
    // Depends on DataSource only so that nothing reads before the migrations ran.
    { provide: PG_POOL, inject: [Config, DataSource], useFactory: openReads },
    { provide: PREPARED_POOL, inject: [Config, DataSource], useFactory: openPrepared },
    UnitOfWork,
  ],
  exports: [DataSource, PG_POOL, UnitOfWork],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(PG_POOL) private readonly pool: pg.Pool,
    @Inject(PREPARED_POOL) private readonly prepared: pg.Pool,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.pool.end(), this.prepared.end(), this.dataSource.destroy()]);
  }
}

async function connect(config: Config): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: config.databaseUrl,
    applicationName: `tradeproof-${config.member}`,
    poolSize: config.databasePool,
    extra: POOLED,
    synchronize: false,
    migrationsTableName: 'migrations',
    migrations: await loadMigrations(),
  });
  await dataSource.initialize();
  await migrate(dataSource);
  return dataSource;
}

function openReads(config: Config): pg.Pool {
  return open(config, 'reads', { max: config.databasePool });
}

/**
 * Plans are kept: PostgreSQL would plan again for each list of keys, whose length it does not know. They are made while
 * tables may be all but empty, and stay until those are analysed anew, so none may read a whole table.
 */
function openPrepared(config: Config): pg.Pool {
  return open(config, 'lookups', {
    max: PREPARED_CONNECTIONS,
    options: '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off',
  });
}

function open(config: Config, use: string, more: pg.PoolConfig): pg.Pool {
  return openPool({
    connectionString: config.databaseUrl,
    application_name: `tradeproof-${config.member}-${use}`,
    ...more,
  });
}
