import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Guard, MUTATIONS, type Mutation, nameOf } from './guards.js';
import { build, specsFor, test } from './run.js';
import { coinbaseOf, writeShadow } from './shadow.js';

const REPORT = 'reports/guards.json';
const EXPLAINED = 'scripts/guards/explained.json';

interface Mutant {
  readonly guard: Guard;
  readonly mutation: Mutation;
  readonly coinbase: string;
}

const say = (text: string) => process.stderr.write(`guards: ${text}\n`);

/** Whether a test notices that the guard is deleted or negated. */
async function killed({ guard, coinbase }: Mutant): Promise<boolean> {
  const { naming, others } = specsFor(guard);
  for (const specs of [naming, others]) {
    if (specs.length > 0 && !(await test(specs, coinbase)).ok) return true;
  }
  return false;
}

/** Every one in `of` of the mutants, from the `nth` on. */
function share<T>(items: readonly T[], text: string): T[] {
  const [nth, of] = text.split('/').map(Number);
  if (!nth || !of || nth > of) throw new Error(`${text} is no share: say 1/8`);
  return items.filter((_, i) => i % of === nth - 1);
}

/**
 * `npm run test:guards [-- --share 1/8] [-- --only PART]`: deletes and negates each guard of the contracts in turn and runs the
 * tests that should notice. Fails for a survivor that explained.json does not explain, and for an explanation that
 * explains nothing.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { share: { type: 'string', default: '1/1' }, only: { type: 'string' } },
  });
  const guards = writeShadow();
  say(`${guards.length} guards; building ...`);
  const built = await build();
  if (!built.ok) throw new Error(`the instrumented contracts do not build:\n${built.output}`);
  const all = guards.flatMap((guard, n) =>
    MUTATIONS.map((mutation): Mutant => ({ guard, mutation, coinbase: coinbaseOf(n, mutation === 'negated') })),
  );
  const only = all.filter(({ guard }) => !values.only || nameOf(guard).includes(values.only));
  const chosen = share(only, values.share);
  const specs = new Set(chosen.flatMap(({ guard }) => Object.values(specsFor(guard)).flat()));
  const before = await test([...specs]);
  if (!before.ok) throw new Error(`without a mutant the tests fail already:\n${before.output}`);
  const explained = JSON.parse(readFileSync(EXPLAINED, 'utf8')) as Record<string, string>;
  const survivors: string[] = [];
  const dead: string[] = [];
  for (const [i, mutant] of chosen.entries()) {
    const name = `${mutant.mutation}: ${nameOf(mutant.guard)}`;
    const ok = await killed(mutant);
    (ok ? dead : survivors).push(name);
    say(`${i + 1}/${chosen.length} ${ok ? 'killed' : 'SURVIVES'} ${name}`);
  }
  mkdirSync('reports', { recursive: true });
  writeFileSync(REPORT, `${JSON.stringify({ killed: dead, survivors }, null, 2)}\n`);
  const unexplained = survivors.filter((name) => !(name in explained));
  const needless = dead.filter((name) => name in explained);
  for (const name of unexplained) process.stdout.write(`survives unexplained: ${name}\n`);
  for (const name of needless) process.stdout.write(`explained, but killed: ${name}\n`);
  process.stdout.write(
    `${chosen.length} mutants, ${dead.length} killed, ${survivors.length} survive, ${unexplained.length} of them unexplained\n`,
  );
  if (unexplained.length + needless.length > 0) process.exitCode = 1;
}

await main();
