/** Few are enough: what they do takes a fraction of a millisecond. */
export const PREPARED_CONNECTIONS = 4;

/** Of the queue, while jobs run on PostgreSQL. */
export const JOB_CONNECTIONS = 5;

/** The leader's or whoever stands by to lead, and those that listen for blocks and for the ends of submissions. */
const HELD_CONNECTIONS = 3;

/** How many connections to PostgreSQL a process with all roles opens at most, by TRADEPROOF_DATABASE_POOL. */
export const mostConnections = (databasePool: number): number =>
  2 * databasePool + PREPARED_CONNECTIONS + JOB_CONNECTIONS + HELD_CONNECTIONS;
