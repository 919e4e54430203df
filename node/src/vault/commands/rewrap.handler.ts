import { UnitOfWork } from '../../database/index.js';
import { type RowPlace, SealedTables } from '../../documents/index.js';
import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';

const rewrap = defineJob({ name: 'vault.rewrap' });

/** Data keys in one transaction: few enough to hold up nobody. */
const BATCH = 500;

/** Wraps data keys anew that are under a replaced key of the node, until none is that opens. */
@JobHandler(rewrap, { everyMs: 60_000 })
export class Rewrap implements JobProcessor<object> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tables: SealedTables,
  ) {}

  async handle(): Promise<void> {
    for (const table of this.tables.all()) {
      const next = (after?: RowPlace) => this.unitOfWork.run(() => table.rewrapSome(BATCH, after));
      for (let place = await next(); place; place = await next(place));
    }
  }
}
