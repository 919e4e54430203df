/** Injection token of the pg.Pool for reads, bulk SQL and COPY outside of units of work. */
export const PG_POOL = Symbol('PG_POOL');
