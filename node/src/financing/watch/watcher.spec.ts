import { Logger } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
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
        if (!fault) return Promise.resolve(resolve());
        watcher.wake();
        return Promise.reject(fault);
      },
    };
    // Touched once alone, before the first look: that it is looked at again is the watcher's doing.
    const store = { all: () => Promise.resolve([ID]), touchedAbove: () => Promise.resolve([]) };
    const head = { current: () => ({ number: 1 }), onChange: () => () => undefined };
    watcher = new Watcher({ roles: ['worker'] } as never, head as never, store as never, financing as never);
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
