import type { BlockRef, IndexHead } from '../../indexer/index.js';
import { Problem } from '../../kernel/problem.js';

const ATTEMPTS = 4;

/**
 * Runs a reading that takes several queries until the index did not move meanwhile, so that all of it is as of one block.
 * After a few attempts the last one counts: its proofs were checked against one block, and its rows against them.
 */
export async function whileSteady<T>(index: IndexHead, read: (head: BlockRef) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const head = index.current();
    const moved = () => index.current().hash !== head.hash;
    try {
      const result = await read(head);
      if (attempt === ATTEMPTS || !moved()) return result;
    } catch (error) {
      const passing = error instanceof Problem && error.code === 'CHAIN_AND_INDEX_DIFFER' && moved();
      if (attempt === ATTEMPTS || !passing) throw error;
    }
  }
}
