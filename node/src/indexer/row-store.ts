import type { ChainTable } from './chain-table.js';

/**
 * The rows of chain-derived tables as of the event that is being applied. Rows are values: `put` and `patch` replace,
 * nothing may be changed in place.
 */
export interface RowStore {
  /** The row, or undefined when there is none. Throws for a key that the projection did not name in `touches`. */
  get<Row>(table: ChainTable<Row>, key: Partial<Row>): Row | undefined;
  /**
   * Sets the whole row. A key that was not named in `touches` is taken for a new one, which saves looking it up: right
   * for ids that an event creates; the transaction fails if the row is there after all.
   */
  put<Row>(table: ChainTable<Row>, row: Row): void;
  /** Changes some columns of a row that is there, and returns it. Throws when it is absent: a projection's defect. */
  patch<Row>(table: ChainTable<Row>, key: Partial<Row>, change: Partial<Row>): Row;
}
