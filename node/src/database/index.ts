export { byteaArray } from './bytea-array.js';
export { Conditions } from './conditions.js';
export { JOB_CONNECTIONS } from './connections.js';
export { DatabaseModule } from './database.module.js';
export {
  BATCH,
  analyzeChainTables,
  deferIndexes,
  hasDeferredIndexes,
  LOCK_NOT_AVAILABLE,
  MAKE_DEFERRED_INDEXES,
  MAKE_SOME_DEFERRED_INDEXES,
  NO_BATCH,
  NO_LONG_WAIT,
} from './deferred-indexes.js';
export { lockKeys } from './lock-keys.js';
export { openPool, ownClient } from './open-pool.js';
export { statement, type Statement } from './statement.js';
export { Lookup, together } from './together.js';
export { timeIsOver } from './time-is-over.js';
export { PG_POOL } from './tokens.js';
export { UnitOfWork } from './unit-of-work.js';
