import type { EventName, EventNamed, EventRecord } from '../kernel/contract-events.generated.js';
import type { ChainTable, ChainTableShape } from './chain-table.js';
import type { RowStore } from './row-store.js';

/** A row that an event reads or changes. */
export interface TouchedKey {
  readonly table: ChainTableShape;
  readonly key: Readonly<Record<string, unknown>>;
}

/** Names a row for {@link Projection.touches}. */
export function touch<Row>(table: ChainTable<Row>, key: Partial<Row>): TouchedKey {
  return { table, key: key as Record<string, unknown> };
}

/**
 * What one kind of event does to chain-derived tables. Both functions are synchronous and see nothing but the event and
 * the rows: no clock, no chain, no other tables, so that a replay gives the identical content.
 */
export interface Projection<N extends EventName = EventName> {
  readonly event: N;
  /** Every row that `apply` gets, patches or overwrites; rows that it creates can be left out. */
  touches(record: EventRecord<EventNamed<N>>): TouchedKey[];
  apply(record: EventRecord<EventNamed<N>>, rows: RowStore): void;
}

/** Types a projection by its event's name. */
export function defineProjection<N extends EventName>(projection: Projection<N>): Projection<N> {
  return projection;
}
