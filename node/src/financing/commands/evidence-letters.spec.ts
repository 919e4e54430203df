import { Logger } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Financing } from '../domain/financing.js';
import type { EvidenceBody } from './envelopes.js';
import type { Showing } from './evidence-builder.js';
import { EvidenceLetters } from './evidence-letters.js';

const KIB = 1024;
const MIB = 1024 * KIB;
const root = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const signatures = { fingerprints: [], orderTags: [] };

/** Documents of so many bytes each, and a few more. */
const showing = (...sizes: number[]): Showing => ({
  documents: sizes.map((bytes, i) => ({ root: root(i), object: root(99), disclosure: 'x'.repeat(bytes) as never })),
  items: true,
});

/**
 * What a node that takes letters of so many bytes makes of documents: those of each letter, and those that count as shown, by which letter.
 * Those `before` went in letters that their lender did not take in.
 */
async function sent(largestBody: number, shown: Showing, withRequest: boolean, before: readonly number[] = []) {
  const letters: [type: string, after: string | undefined, documents: number[]][] = [];
  const counted: unknown[] = [];
  const numbers = ({ documents }: EvidenceBody) => documents.map(({ root }) => Number(root));
  const sending = new EvidenceLetters(
    {
      largestBody,
      untaken: (ids: string[]) => Promise.resolve(new Set(ids)),
      send: ({ type, after, body }: { type: string; after?: string; body: EvidenceBody }) => {
        expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(largestBody);
        return Promise.resolve(String(letters.push([type, after, numbers(body)])));
      },
    } as never,
    {
      letters: () => Promise.resolve(new Map(before.map((n) => [root(n), 'refused']))),
      add: (_: Hex, roots: Hex[], items: boolean, letter: string | null) =>
        Promise.resolve(void counted.push([letter, roots.map(Number), items])),
    } as never,
  );
  const first = {
    after: 'submission',
    send: (evidence: EvidenceBody) =>
      Promise.resolve(String(letters.push(['request', 'submission', numbers(evidence)]))),
  };
  const financing = { id: root(1), lender: 3 } as Financing;
  await sending.send(financing, shown, signatures, withRequest ? first : undefined);
  return { letters, counted };
}

describe('evidence', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it('goes with its request where one letter takes it', async () => {
    const { letters, counted } = await sent(8 * MIB, showing(400 * KIB, 400 * KIB), true);
    expect([letters, counted]).toEqual([[['request', 'submission', [0, 1]]], [['1', [0, 1], true]]]);
  });

  it('follows its request in as many letters as it takes, which wait for the same', async () => {
    const { letters, counted } = await sent(8 * MIB, showing(400 * KIB, 400 * KIB, 400 * KIB, 3 * MIB, 1 * KIB), true);
    expect(letters).toEqual([
      ['request', 'submission', [0, 1]],
      ['financing.evidence', 'submission', [2]],
      ['financing.evidence', 'submission', [3]],
      ['financing.evidence', 'submission', [4]],
    ]);
    expect(counted).toEqual([
      ['1', [0, 1], true],
      ['2', [2], true],
      ['3', [3], true],
      ['4', [4], true],
    ]);
  });

  it('fits into the letters of a node that takes small ones, and leaves out what none of them takes', async () => {
    const { letters, counted } = await sent(96 * KIB, showing(60 * KIB, 90 * KIB, 60 * KIB, 10 * KIB), false);
    expect(letters).toEqual([
      ['financing.evidence', undefined, [0]],
      ['financing.evidence', undefined, [2, 3]],
    ]);
    expect(counted).toEqual([
      ['1', [0], true],
      ['2', [2, 3], true],
      // Or each look at it would find, decrypt and leave it out once more.
      [null, [1], true],
    ]);
  });

  it('is asked for with no document, and follows with none in no letter', async () => {
    expect((await sent(8 * MIB, showing(), true)).letters).toEqual([['request', 'submission', []]]);
    expect((await sent(8 * MIB, showing(), false)).letters).toEqual([]);
  });

  it('goes without what its lender did not take in, each of which goes by itself', async () => {
    const { letters } = await sent(8 * MIB, showing(1 * KIB, 1 * KIB, 1 * KIB, 1 * KIB), false, [0, 2]);
    expect(letters.map(([, , documents]) => documents)).toEqual([[1, 3], [0], [2]]);
  });

  it('goes again in letters that are smaller each time, where a large one was not taken in', async () => {
    const all = [...Array(130).keys()];
    const { letters } = await sent(8 * MIB, showing(...all.map(() => 1)), false, all);
    expect(letters.map(([, , documents]) => documents.length)).toEqual([...Array<number>(43).fill(3), 1]);
  });
});
