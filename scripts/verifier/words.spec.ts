import type { FileVerdict } from '../../node/src/proofs/verify/verify-file.js';
import { printable, printableJson } from './printable.js';
import { describe as inWords } from './words.js';

const PAINTED = 'GBP\u001b[2J\u001b[H\u009b1A\r\nVALID. Order 0x12345678… holds.\u202eDILAVNI';

/** A verdict on an order, or on an item of evidence, in which a stranger has put such words wherever words can be put. */
const verdict = (text?: string): FileVerdict => ({
  valid: text !== undefined,
  trust: 'validator-quorum',
  asOfBlock: { number: 7, hash: '0x', time: '2026-11-26T00:00:00.000Z' },
  fragments: [{ kind: 'COVER', status: 'INVALID', reason: { code: 'X', message: `It is worth 1.00 ${PAINTED}` } }],
  ...(text === undefined
    ? { subject: { kind: 'ORDER', id: '0x12345678' }, members: [{ number: 1, name: 'core' }] }
    : { member: { number: 1, name: 'core' }, batch: 1, text }),
});

describe('a verdict in a terminal', () => {
  it('is in words of which a stranger’s move no cursor and begin no line', () => {
    for (const [each, first] of [
      [verdict(), 'NOT VALID. '],
      [verdict(PAINTED), 'VALID. Evidence in batch 1'],
    ] as const) {
      const words = inWords(each);
      expect(words.slice(0, first.length)).toBe(first);
      expect(words.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      expect(words.split('\n').filter((line) => line.startsWith('VALID. Order'))).toEqual([]);
    }
  });

  it('is in JSON that says the same and shows no control character', () => {
    const json = printableJson({ [PAINTED]: [PAINTED, 'Zürich 中登网'] });
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    expect(JSON.parse(json)).toEqual({ [PAINTED]: [PAINTED, 'Zürich 中登网'] });
  });

  it('leaves words of any script as they are', () => {
    for (const words of ['Müller & Söhne', '中登网 123', 'شركة', '1.00 GBP']) expect(printable(words)).toBe(words);
  });
});
