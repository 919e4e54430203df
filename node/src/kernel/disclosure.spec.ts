import { MAX_PATH, verifyDisclosure } from './disclosure.js';
import { type Hex, toBytes, toHex } from './hex.js';
import { fieldLeaf } from './merkle.js';

const salt: Hex = `0x${'5a'.repeat(32)}`;

/** Of a document with one field. */
const judged = (path: string) => {
  const root = toHex(fieldLeaf(toBytes(salt), path, 'x'));
  return verifyDisclosure({ fields: [{ path, value: 'x', salt }], proof: [], flags: [] }, root);
};

it('takes a path of the longest that a document has, and no longer one, whatever its length', () => {
  const path = (length: number) => `/${'n'.repeat(length - 1)}`;
  expect(judged(path(MAX_PATH))).toMatchObject({ valid: true });
  for (const length of [MAX_PATH + 1, 12_000_000])
    expect(judged(path(length))).toMatchObject({ valid: false, code: 'DISCLOSURE_MALFORMED' });
});
