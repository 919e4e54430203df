import type { EntityManager } from 'typeorm';

/** Of more than these it takes as long to ask about each as about all that somebody has. */
const MOST = 10_000;

// Not prepared, as what asks further about these objects is: how few rows are above a block the planner sees by its number alone.
const OBJECTS = `SELECT object FROM chain_events WHERE block > $1 AND object IS NOT NULL LIMIT ${MOST + 1}`;

/**
 * The objects that events above `block` are about, each as often as there are of them; undefined when they are too many to be asked about
 * one by one.
 */
export async function objectsAbove(manager: EntityManager, block: number): Promise<Buffer[] | undefined> {
  const rows = await manager.query<{ object: Buffer }[]>(OBJECTS, [block]);
  return rows.length > MOST ? undefined : rows.map(({ object }) => object);
}
