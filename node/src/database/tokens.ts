/** Injection token of the pg.Pool for reads, bulk SQL and COPY outside of units of work. */
export const PG_POOL = Symbol('PG_POOL');

/** Injection token of the pg.Pool whose connections keep prepared statements: see {@link UnitOfWork.read}. */
export const PREPARED_POOL = Symbol('PREPARED_POOL');
