import type { BlockRef } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { chainAndIndexDiffer, proofUnavailable } from './problems.js';
import { SteadyIndex } from './steady.js';

const block = (number: number): BlockRef => ({
  number,
  hash: `0x${number.toString(16).padStart(64, '0')}`,
  timestamp: number * 2,
});

/** An index whose tables may be further than what this process has heard. */
function indexAt(number: number) {
  const at = { tables: block(number), heard: block(number) };
  const head = {
    current: () => at.heard,
    waitFor: () => Promise.resolve(((at.heard = at.tables), true)),
  };
  const read = () => Promise.resolve([{ number: String(at.tables.number), hash: toBytes(at.tables.hash as Hex) }]);
  return { at, steady: new SteadyIndex(head as never, { read } as never) };
}

describe('a reading of several queries', () => {
  it('is made once while the index rests', async () => {
    const { steady } = indexAt(7);
    const seen: number[] = [];
    expect(await steady.read((head) => Promise.resolve(seen.push(head.number)))).toBe(1);
    expect(seen).toEqual([7]);
  });

  it('is made again where the tables moved in the midst of it, though nobody has heard of the block yet', async () => {
    const { at, steady } = indexAt(7);
    const seen: number[] = [];
    const result = await steady.read((head) => {
      if (seen.push(head.number) === 1) at.tables = block(8);
      return Promise.resolve(`of ${head.number}`);
    });
    expect([result, seen]).toEqual(['of 8', [7, 8]]);
  });

  it('is made again where rows and proofs differ since the tables were ahead, and only then', async () => {
    const { at, steady } = indexAt(7);
    at.tables = block(8);
    let made = 0;
    const differing = (until: number) => () =>
      ++made > until ? Promise.resolve('ok') : Promise.reject(chainAndIndexDiffer('they differ'));
    expect(await steady.read(differing(1))).toBe('ok');
    made = 0;
    await expect(steady.read(differing(1))).rejects.toMatchObject({ code: 'CHAIN_AND_INDEX_DIFFER' });
    at.tables = block(9);
    const unavailable = () => Promise.reject(proofUnavailable('no proof'));
    await expect(steady.read(unavailable)).rejects.toMatchObject({ code: 'PROOF_UNAVAILABLE' });
  });

  it('counts after a few attempts, however fast blocks come', async () => {
    const { at, steady } = indexAt(7);
    const seen: number[] = [];
    await steady.read((head) => {
      seen.push(head.number);
      at.tables = block(head.number + 1);
      return Promise.resolve();
    });
    expect(seen).toEqual([7, 8, 9, 10]);
  });
});
