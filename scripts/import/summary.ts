/** How many orders fared how. */
export interface Summary {
  readonly posted: number;
  /** They stood already, and what is in force of them says the same: from an earlier import, or twice in this one. */
  readonly there: number;
  /** Their numbers stood already, with other content, or with one that cannot be compared at the node: what the source says was not posted. */
  readonly differing: number;
  readonly refused: number;
}

export function wordsOf({ posted, there, differing, refused }: Summary): string {
  const others = differing > 0 ? `, ${differing} there already with other content` : '';
  return `${posted} posted, ${there} there already${others}, ${refused} refused`;
}

/** Whether all that the source says stood at the node when it was asked. */
export const isAllPosted = ({ differing, refused }: Summary): boolean => differing + refused === 0;
