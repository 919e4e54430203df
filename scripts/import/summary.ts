/** How many orders fared how. */
export interface Summary {
  readonly posted: number;
  /** Their numbers stood already: from an earlier import, or twice in this one. */
  readonly there: number;
  readonly refused: number;
}
