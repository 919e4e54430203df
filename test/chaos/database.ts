import pg from 'pg';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '../../scripts/embedded/postgres.js';
import { lowPort } from '../support/ports.js';

/** The members' PostgreSQL, as faults treat it. */
export class Database {
  kills = 0;
  #restarting: Promise<void> = Promise.resolve();

  private constructor(
    private readonly dir: string,
    private postgres: Postgres,
  ) {}

  /** What a killed server had acknowledged is with the operating system: fsync guards against its end alone. */
  static async start(dir: string): Promise<Database> {
    const place = { dir: join(dir, 'postgres'), port: await lowPort() };
    return new Database(dir, await startPostgres({ ...place, settings: { fsync: 'off' } }));
  }

  url(member: string): string {
    return this.postgres.url(nameOf(member));
  }

  create(member: string): Promise<void> {
    return this.postgres.createDatabase(nameOf(member));
  }

  /** Kills the server with all its sessions, and starts it again. Resolves when it serves. */
  kill(): Promise<void> {
    this.#restarting = this.#restarting.then(async () => {
      const { port } = this.postgres;
      this.kills++;
      this.postgres.kill();
      await this.postgres.exited;
      this.postgres = await startPostgres({ dir: join(this.dir, 'postgres'), port, settings: { fsync: 'off' } });
    });
    return this.#restarting;
  }

  async cutConnections(member: string): Promise<void> {
    await this.#admin('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [nameOf(member)]);
  }

  /** As a full disk or a failover to a standby makes it. */
  async setReadOnly(member: string, readOnly: boolean): Promise<void> {
    const database = pg.escapeIdentifier(nameOf(member));
    await this.#admin(
      `ALTER DATABASE ${database} ${readOnly ? 'SET default_transaction_read_only = on' : 'RESET default_transaction_read_only'}`,
    );
    await this.cutConnections(member);
  }

  /** Empties the job queue, as a Redis without persistence does when it is restarted. */
  async loseQueue(member: string): Promise<void> {
    await this.query(
      member,
      `DO $$ DECLARE name text; BEGIN
         FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'
         LOOP EXECUTE format('TRUNCATE bullmq.%I CASCADE', name); END LOOP;
       END $$`,
    );
  }

  async query<Row extends pg.QueryResultRow>(member: string, sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.withPool(member, async (pool) => (await pool.query<Row>(sql, values)).rows);
  }

  async withPool<T>(member: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
    return onPool(this.url(member), work);
  }

  async stop(): Promise<void> {
    await this.#restarting;
    await this.postgres.stop();
  }

  async #admin(sql: string, values: unknown[] = []): Promise<void> {
    await this.#restarting;
    await onPool(this.postgres.url('postgres'), (pool) => pool.query(sql, values));
  }
}

async function onPool<T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on('error', () => undefined); // the server may be killed meanwhile
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

const nameOf = (member: string): string => `tradeproof_${member.replaceAll('-', '_')}`;
