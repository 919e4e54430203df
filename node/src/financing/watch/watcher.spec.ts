import { Logger } from '@nestjs/common';
import type { BlockRef } from '../../indexer/index.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import { SeenBlock } from '../storage/seen-block.js';
import { Watcher } from './watcher.js';

const ID: Hex = `0x${'a1'.repeat(32)}`;

/** What is warned of while a financing is looked at, until it could be, when the looks fail with these first. */
async function warnedOf(...faults: Error[]): Promise<string[]> {
  const warnings: string[] = [];
  Logger.overrideLogger({
    ...{ log: () => undefined, error: () => undefined },
    warn: (_: object, message: string) => void warnings.push(message),
  });
  let watcher!: Watcher;
  const looked = new Promise<void>((resolve) => {
    const financing = {
      run() {
        const fault = faults.shift();
        if (!fault) return Promise.resolve((resolve(), true));
        watcher.wake();
        return Promise.reject(fault);
      },
    };
    // Touched once alone, before the first look: that it is looked at again is the watcher's doing.
    const store = { all: () => Promise.resolve([ID]), touchedAbove: () => Promise.resolve([]) };
    const head = { current: () => ({ number: 1 }), onChange: () => () => undefined };
    const blocks = { newAbove: (seen: unknown) => Promise.resolve(seen ? 1 : -1) };
    watcher = new Watcher(
      ...([
        ...[{ roles: ['worker'] }, head, blocks, store, financing],
        { rebuilding: () => Promise.resolve(false) },
      ] as unknown as ConstructorParameters<typeof Watcher>),
    );
  });
  watcher.onApplicationBootstrap();
  await looked;
  await watcher.onModuleDestroy();
  return warnings;
}

const fault = (code: string) => Object.assign(new Error('it could not'), { code });

afterAll(() => Logger.overrideLogger(false));

it('looks again, without a word, at a financing that somebody else was at', async () => {
  expect(await warnedOf(fault('40001'), fault('40001'))).toEqual([]);
});

it('looks again at one that could not be looked at, and says so', async () => {
  expect(await warnedOf(fault('57P01'))).toEqual(['a financing cannot be looked at']);
});

interface Turn extends BlockRef {
  /** Whether the index was emptied and has not come to where it was. */
  readonly rebuilding?: boolean;
}

/** Which financings are looked at with each of these blocks as the head in turn: all, or those that blocks above a number touched. */
async function lookedAt(...heads: Turn[]): Promise<string[]> {
  const looks: string[] = [];
  let head = heads[0]!;
  let looked = () => {};
  const look = (what: string) => {
    looks.push(what);
    looked();
    return Promise.resolve([]);
  };
  const indexed = (_: string, [number, hash]: [number, Uint8Array]) =>
    Promise.resolve([{ replaced: head.number === number && head.hash !== toHex(hash) }]);
  let wake = () => {};
  const watcher = new Watcher(
    ...([
      { roles: ['worker'] },
      { current: () => head, onChange: (listener: () => void) => ((wake = listener), () => undefined) },
      new SeenBlock({ manager: { query: indexed } } as never),
      { all: () => look('all'), touchedAbove: (block: number) => look(`above ${block}`) },
      {},
      { rebuilding: () => Promise.resolve((head.rebuilding && looked(), head.rebuilding === true)) },
    ] as unknown as ConstructorParameters<typeof Watcher>),
  );
  for (head of heads) {
    const done = new Promise<void>((resolve) => (looked = resolve));
    if (head === heads[0]) watcher.onApplicationBootstrap();
    else wake();
    await done;
  }
  await watcher.onModuleDestroy();
  return looks;
}

it('looks at all again once the chain lost a block, be it for another of its number', async () => {
  const block = (number: number, byte = '00') => ({ number, hash: `0x${byte.repeat(32)}`, timestamp: 0 }) as BlockRef;
  const looks = await lookedAt(block(7), block(8), block(8, '01'), block(9, '01'), block(8, '02'));
  expect(looks).toEqual(['all', 'above 7', 'all', 'above 8', 'all']);
});

it('looks at none amid a rebuild, and then goes on from where it was', async () => {
  const block = (number: number, rebuilding = false): Turn => ({
    ...{ number, hash: `0x${'00'.repeat(32)}`, timestamp: 0 },
    rebuilding,
  });
  expect(await lookedAt(block(7), block(-1, true), block(3, true), block(8))).toEqual(['all', 'above 7']);
  expect(await lookedAt(block(3, true), block(8))).toEqual(['all']);
});
