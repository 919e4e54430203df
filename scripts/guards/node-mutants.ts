import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardsOf, type Mutation, MUTATIONS, nameOf, type Place } from './guards.js';
import type { Mutants } from './mutant.js';
import { jest } from './run.js';

/** Rooms whose rules are functions of what is known, tested without a database. */
const ROOMS = ['orders', 'fulfilment', 'receivables', 'financing'];

/** Each `throw` of the rooms' domains. */
export function nodeMutants(): Mutants {
  const mutants = ROOMS.flatMap((room) => {
    const folder = join('node/src', room, 'domain');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
    const specs = files.filter((file) => file.endsWith('.spec.ts'));
    return files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap((file) => guardsOf(file, readFileSync(file, 'utf8')))
      .flatMap((place) =>
        MUTATIONS.filter((mutation) => mutation === 'deleted' || place.from !== place.to).map((mutation) => ({
          name: nameOf(place, mutation),
          specs: [specs],
          env: { TRADEPROOF_MUTANT_TEXT: JSON.stringify(mutationOf(place, mutation)) },
        })),
      );
  });
  return {
    mutants,
    prepare: () => Promise.resolve(),
    test: (specs, env = {}) => jest(specs, env),
  };
}

/** What stands between the two places instead. */
function mutationOf({ file, from, to }: Place, mutation: Mutation) {
  if (from === to) return { file, from, to, text: 'if (false) ' };
  const condition = readFileSync(file, 'utf8').slice(from, to);
  return { file, from, to, text: mutation === 'deleted' ? 'false' : `!(${condition})` };
}
