import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { inTurn } from './in-turn.js';
import type { Statement } from './statement.js';
import { PREPARED_POOL } from './tokens.js';

type Hook = () => void | Promise<void>;
type Check = () => Promise<void>;

interface Unit {
  readonly manager: EntityManager;
  hooks: Hook[];
  checks: Check[];
  savepoints: number;
}

/** One database transaction that all code called within it shares, whichever room it is in. */
@Injectable()
export class UnitOfWork implements OnModuleDestroy {
  private readonly logger = new Logger(UnitOfWork.name);
  private readonly units = new AsyncLocalStorage<Unit>();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PREPARED_POOL) private readonly prepared?: pg.Pool,
  ) {}

  /**
   * Runs `fn` in a transaction: commits when it resolves, rolls back when it rejects. A nested run joins the outer one, as that
   * is. `REPEATABLE READ` shows it all as of one moment, and rejects (40001) when what it locks or changes was changed since.
   */
  async run<T>(fn: () => Promise<T>, isolation?: 'REPEATABLE READ'): Promise<T> {
    if (this.units.getStore()) return fn();
    const hooks: Hook[] = [];
    const work = (manager: EntityManager) => {
      const runner = manager.queryRunner!;
      runner.query = inTurn(runner.query.bind(runner)) as typeof runner.query;
      const unit: Unit = { manager, hooks: [], checks: [], savepoints: 0 };
      return this.units.run(unit, async () => {
        const value = await fn();
        for (const check of unit.checks) await check();
        hooks.push(...unit.hooks);
        return value;
      });
    };
    const { dataSource } = this;
    const result = await (isolation ? dataSource.transaction(isolation, work) : dataSource.transaction(work));
    for (const hook of hooks) this.fire(hook);
    return result;
  }

  /** Runs `fn` so that its rejection undoes its own rows, hooks and checks alone, not the unit around it; rejects likewise. */
  async attempt<T>(fn: () => Promise<T>): Promise<T> {
    const unit = this.units.getStore();
    if (!unit) return this.run(fn);
    const { hooks, checks } = unit;
    const savepoint = `attempt_${++unit.savepoints}`;
    await unit.manager.query(`SAVEPOINT ${savepoint}`);
    unit.hooks = [...hooks];
    unit.checks = [...checks];
    try {
      const value = await fn();
      await unit.manager.query(`RELEASE SAVEPOINT ${savepoint}`);
      return value;
    } catch (error) {
      unit.hooks = hooks;
      unit.checks = checks;
      await unit.manager.query(`ROLLBACK TO SAVEPOINT ${savepoint}`);
      throw error;
    }
  }

  /** The transaction's manager within a unit; outside of one, a manager that commits each statement by itself. */
  get manager(): EntityManager {
    return this.units.getStore()?.manager ?? this.dataSource.manager;
  }

  /**
   * Rows of what requests ask thousands of times a second, or rounds all the time: prepared, outside of a unit, since planning it takes many
   * times as long as doing it. For looks by key, or by what few rows have: the plan knows no values, and takes an index whatever the tables hold.
   * What it changes outside of a unit is committed by itself.
   */
  async read<Row>({ name, text }: Statement, values: unknown[]): Promise<Row[]> {
    const unit = this.units.getStore();
    if (unit || !this.prepared) return this.manager.query<Row[]>(text, values);
    return (await this.prepared.query({ name, text, values })).rows as Row[];
  }

  /** Whether the caller is within a unit. */
  get active(): boolean {
    return this.units.getStore() !== undefined;
  }

  /** Within a unit: runs `check` before it commits, once all else is done; its rejection undoes the unit. */
  beforeCommit(check: Check): void {
    const unit = this.units.getStore();
    if (!unit) throw new Error('there is no unit to check before it commits');
    unit.checks.push(check);
  }

  /** Fires `fn` once the unit has committed, never if it rolls back; at once outside of one. Its failure is only logged. */
  afterCommit(fn: Hook): void {
    const unit = this.units.getStore();
    if (unit) unit.hooks.push(fn);
    else this.fire(fn);
  }

  /** Waits for hooks still running. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.running);
  }

  private fire(hook: Hook): void {
    const run = Promise.resolve()
      .then(hook)
      .catch((error: unknown) => this.logger.error({ err: error }, 'a hook after commit failed'))
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }
}
