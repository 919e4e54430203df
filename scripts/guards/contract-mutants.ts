import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Guard, MUTATIONS, nameOf } from './guards.js';
import type { Mutants } from './mutant.js';
import { jest, run } from './run.js';
import { coinbaseOf, SHADOW, writeShadow } from './shadow.js';

const TESTS = 'test/contracts';

/** Tests of gas measure code as it is deployed. */
const SPEC = /^(?!.*\bgas\b).*\.spec\.ts$/;

const configuration = { HARDHAT_CONFIG: join(process.cwd(), SHADOW, 'hardhat.config.ts') };

/** Each `revert` of the contracts. */
export function contractMutants(): Mutants {
  const guards = writeShadow();
  return {
    mutants: guards.flatMap((guard, n) =>
      MUTATIONS.map((mutation) => ({
        name: nameOf(guard, mutation),
        specs: specsFor(guard),
        env: { TRADEPROOF_MUTANT: coinbaseOf(n, mutation === 'negated') },
      })),
    ),
    async prepare() {
      const { ok, output } = await run(['node_modules/hardhat/dist/src/cli.js', 'build', '--quiet'], configuration);
      if (!ok) throw new Error(`the contracts with all mutants do not build:\n${output}`);
    },
    test: (specs, env = {}) => jest(specs, { ...configuration, ...env }),
  };
}

/** Those that name the guard's error, then the others of its room. */
function specsFor({ file, error }: Guard): string[][] {
  const room = join(TESTS, file.split('/')[1]!);
  const all = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .map((name) => join(TESTS, name))
    .filter((name) => SPEC.test(name));
  const naming = all.filter((name) => readFileSync(name, 'utf8').includes(error));
  // What no room of its own tests, the libraries, all do.
  const near = existsSync(room) ? all.filter((name) => name.startsWith(`${room}/`)) : all;
  return [naming, near.filter((name) => !naming.includes(name))];
}
