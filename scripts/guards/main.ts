import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { contractMutants } from './contract-mutants.js';
import type { Mutant, Mutants } from './mutant.js';
import { nodeMutants } from './node-mutants.js';

const REPORT = 'reports/guards.json';
const EXPLAINED = 'scripts/guards/explained.json';

const say = (text: string) => process.stderr.write(`guards: ${text}\n`);

/** Every one in `of` of the items, from the `nth` on. */
function share<T>(items: readonly T[], text: string): T[] {
  const [nth, of] = text.split('/').map(Number);
  if (!nth || !of || nth > of) throw new Error(`${text} is no share: say 1/8`);
  return items.filter((_, i) => i % of === nth - 1);
}

/** Whether a test fails of those that should notice. */
async function isKilled({ test }: Mutants, { specs, env }: Mutant): Promise<boolean> {
  for (const some of specs) if (some.length > 0 && !(await test(some, env)).ok) return true;
  return false;
}

/** Runs the chosen mutants one by one; gives the names of those that a test notices, and of those that none does. */
async function runAll(all: Mutants, chosen: readonly Mutant[]): Promise<{ killed: string[]; survivors: string[] }> {
  const [killed, survivors]: [string[], string[]] = [[], []];
  if (chosen.length === 0) return { killed, survivors };
  await all.prepare();
  const before = await all.test([...new Set(chosen.flatMap(({ specs }) => specs.flat()))]);
  if (!before.ok) throw new Error(`without a mutant the tests fail already:\n${before.output}`);
  for (const [i, mutant] of chosen.entries()) {
    const dead = await isKilled(all, mutant);
    (dead ? killed : survivors).push(mutant.name);
    say(`${i + 1}/${chosen.length} ${dead ? 'killed' : 'SURVIVES'} ${mutant.name}`);
  }
  return { killed, survivors };
}

/**
 * `npm run test:guards [-- --of contracts|node] [-- --share 1/8] [-- --only PART]`: deletes and negates each guard of the contracts
 * and of the rooms' domains in turn and runs the tests that should notice. Fails for a survivor that explained.json does
 * not explain, and for an explanation of what dies.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      of: { type: 'string' },
      share: { type: 'string', default: '1/1' },
      only: { type: 'string', default: '' },
    },
  });
  const sources = [
    ...(values.of === 'node' ? [] : [contractMutants()]),
    ...(values.of === 'contracts' ? [] : [nodeMutants()]),
  ];
  const [killed, survivors]: [string[], string[]] = [[], []];
  for (const all of sources) {
    const chosen = share(
      all.mutants.filter(({ name }) => name.includes(values.only)),
      values.share,
    );
    const found = await runAll(all, chosen);
    killed.push(...found.killed);
    survivors.push(...found.survivors);
  }
  mkdirSync('reports', { recursive: true });
  writeFileSync(REPORT, `${JSON.stringify({ killed, survivors }, null, 2)}\n`);
  const explained = JSON.parse(readFileSync(EXPLAINED, 'utf8')) as Record<string, string>;
  const unexplained = survivors.filter((name) => !(name in explained));
  const needless = killed.filter((name) => name in explained);
  for (const name of unexplained) process.stdout.write(`survives unexplained: ${name}\n`);
  for (const name of needless) process.stdout.write(`explained, but killed: ${name}\n`);
  const counts = `${killed.length} killed, ${survivors.length} survive, ${unexplained.length} of them unexplained`;
  process.stdout.write(`${killed.length + survivors.length} mutants, ${counts}\n`);
  if (unexplained.length + needless.length > 0) process.exitCode = 1;
}

await main();
