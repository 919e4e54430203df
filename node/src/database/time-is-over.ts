/**
 * SQL: whether the time in a column is over. So is one that is further ahead than any is ever set: the database's clock was put back since, and what waits for it
 * would wait for as long again. `longest`: SQL of the most seconds ahead; twice as many count, since who asks may have begun before who set it.
 */
export function timeIsOver(column: string, longest: string): string {
  return `(${column} <= now() OR ${column} > now() + make_interval(secs => 2 * (${longest})))`;
}
