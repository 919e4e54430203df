/** RFC 3339 of block time in seconds. */
export const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Its day in UTC. */
export const dayOf = (seconds: number): string => timeOf(seconds).slice(0, 10);
