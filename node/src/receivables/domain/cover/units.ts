/** Codes of UN/ECE Recommendation 20 that all count single things, each written for the others: one, each, piece. */
const SINGLE = ['C62', 'EA', 'H87'];

/**
 * Whether quantities in these units can be added and compared: the units are one, or one of them is not stated. Nothing is
 * converted, and no spelling is guessed at: `kg` is not `KGM` (ADR 0076).
 */
export function sameUnit(one: string | undefined, other: string | undefined): boolean {
  if (!one || !other || one === other) return true;
  return SINGLE.includes(one) && SINGLE.includes(other);
}
