import { parseArgs } from 'node:util';
import { Ledger } from './ledger.js';
import { Random } from './random.js';
import { run } from './run.js';
import { World } from './world.js';

/**
 * `npm run chaos -- --seed N [--seed M ...] [--seconds S] [--verbose] [--keep]`: exits with 0 only if nothing was lost,
 * doubled or broken.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', multiple: true, default: ['1'] },
      seconds: { type: 'string', default: '20' },
      verbose: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const seeds = values.seed.map(Number);
  const seconds = Number(values.seconds);
  if ([...seeds, seconds].some((n) => !Number.isSafeInteger(n) || n < 0))
    throw new Error('seeds and seconds are numbers');
  const say = (text: string) => values.verbose && process.stdout.write(`  ${text}\n`);
  const random = new Random(seeds[0]!);
  const world = await World.start(() => random.next());
  const ledger = new Ledger();
  let sound = true;
  try {
    for (const seed of seeds) {
      const outcome = await run(world, ledger, { seed, seconds, say });
      const { trace, kills, kinds, writes, lost, doubled, broken } = outcome;
      process.stdout.write(`seed ${seed}: schedule ${trace}, ${seconds} s\n`);
      for (const what of [...lost, ...doubled, ...broken]) process.stdout.write(`  ${what}\n`);
      const equal = broken.some((what) => what.startsWith('differs')) ? 'different' : 'equal';
      process.stdout.write(
        `seed ${seed}: ${kills} kills, ${kinds} kinds, ${writes} writes, ${lost.length} lost, ${doubled.length} doubled, checksums ${equal}\n`,
      );
      sound &&= lost.length + doubled.length + broken.length === 0;
      if (!sound) break;
    }
  } catch (error) {
    sound = false;
    process.stdout.write(`${(error as Error).stack}\n${await world.describe()}\n`);
  } finally {
    await world.stop({ keep: values.keep || !sound });
    if (!sound) process.stdout.write(`what it left lies in ${world.dir}\n`);
  }
  process.exit(sound ? 0 : 1);
}

await main();
