export { DatabaseModule } from './database.module.js';
export { PG_POOL } from './tokens.js';
export { UnitOfWork } from './unit-of-work.js';
