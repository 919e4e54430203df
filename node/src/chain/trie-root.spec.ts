import { createMPT } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { toHex } from '../kernel/hex.js';
import { orderedTrieRoot } from './trie-root.js';

describe('orderedTrieRoot', () => {
  it.each([0, 1, 2, 3, 16, 17, 127, 128, 129, 130, 255, 256, 257, 500])(
    'agrees with @ethereumjs/mpt for %i values',
    async (count) => {
      // Short values too: nodes under 32 bytes are embedded in their parents.
      for (const size of [1, 20, 33, 600]) {
        const values = Array.from({ length: count }, (_, i) => new Uint8Array(size).fill((i % 250) + 1));
        const trie = await createMPT();
        for (const [index, value] of values.entries()) await trie.put(RLP.encode(index), value);
        expect(toHex(orderedTrieRoot(values))).toBe(toHex(trie.root()));
      }
    },
  );
});
