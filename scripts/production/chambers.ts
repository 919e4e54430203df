import { CHAMBERS } from '../../node/src/members/domain/roles.js';
import type { MemberCard } from './cards.js';

/** Of fewer, two thirds are all. */
const LEAST = 3;

/** What to say of chambers that are smaller. None is refused: a consortium may begin so and grow. Of no cards nothing is known. */
export function smallChambers(cards: readonly Pick<MemberCard, 'chamber'>[]): string[] {
  if (cards.length === 0) return [];
  return CHAMBERS.slice(1)
    .map((chamber) => ({ chamber, size: cards.filter((card) => card.chamber === chamber).length }))
    .filter(({ size }) => size < LEAST)
    .map(
      ({ chamber, size }) =>
        `warning: ${size} in the chamber ${chamber}; below ${LEAST} one member stops every vote, also that on its own suspension`,
    );
}
