/** From when until when a key counts, in blocks. */
export interface KeyLife {
  /** block from which it is live */
  readonly added_block: number;
  /** block from which it is not, null while it is */
  readonly revoked_block: number | null;
  /** block from which its acts stand but are in doubt, null when none are */
  readonly doubt_block: number | null;
}

/** Whether an act included at `block` counts (rule 7): the key was there, and not yet revoked. */
export function liveAt(key: KeyLife, block: number): boolean {
  return key.added_block <= block && (key.revoked_block === null || block < key.revoked_block);
}

/** Whether an act included at `block` is to be marked KEY_IN_DOUBT in every verdict (rule 7). */
export function inDoubtAt(key: KeyLife, block: number): boolean {
  return key.doubt_block !== null && key.doubt_block <= block;
}
