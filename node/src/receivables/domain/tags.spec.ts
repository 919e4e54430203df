import type { Hex } from '../../kernel/hex.js';
import { type OrderTags, withoutProof, withProof } from './tags.js';

const [ORDER, FIRST, SECOND, PROOF]: [Hex, Hex, Hex, Hex] = ['0x0a', '0x01', '0x02', '0x03'];
const word = (...tags: OrderTags['tags']): OrderTags => ({ order: ORDER, account: '0x0b', signature: '0x0c', tags });

it('a word without proof is the same word on the same tags', () => {
  expect(withoutProof(word({ tag: FIRST, signature: PROOF }))).toEqual(word({ tag: FIRST }));
});

it('a later word loses nothing of what opened its tags before', () => {
  const known = word({ tag: FIRST, signature: PROOF });
  expect(withProof(word({ tag: FIRST }, { tag: SECOND }), known)).toEqual(
    word({ tag: FIRST, signature: PROOF }, { tag: SECOND }),
  );
  expect(withProof(word({ tag: FIRST }), undefined)).toEqual(word({ tag: FIRST }));
});
