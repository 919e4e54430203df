import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorFragment } from 'ethers';
import type { ContractAbi } from './abis.js';

/** Errors whose meaning is not "the state does not allow it" (409), by what their names end with or contain. */
const STATUSES: readonly (readonly [RegExp, number])[] = [
  [
    /Unauthorized|NotVoter|NotActive|MissingRole|UnknownOperator|UnknownAdmin|NotMaker|NotPayee|KeyRevoked|WrongSigner/,
    403,
  ],
  [/Unknown(Object|$)|Nonexistent/, 404],
  [
    /Invalid(?!Transition|Status)|Unknown[A-Z]|TooMany|TooLong|Empty$|Mismatch$|(Commitment|Holder)Missing|Unsorted|ExpiryPast/,
    422,
  ],
];

/** kernel/contract-errors.generated.ts */
export function renderErrors(abis: readonly ContractAbi[]): string {
  const errors = new Map<string, ErrorFragment>();
  for (const { abi } of abis) {
    for (const fragment of abi.fragments) {
      if (fragment.type !== 'error') continue;
      const { name } = fragment as ErrorFragment;
      const known = errors.get(name);
      if (known && known.format('full') !== fragment.format('full'))
        throw new Error(`error ${name} has two signatures`);
      errors.set(name, fragment as ErrorFragment);
    }
  }
  const notices = readNotices();
  const names = [...errors.keys()].sort();
  return `
// Written by scripts/generate from the contracts' custom errors; npm run generate.
import { defineProblem } from './problem.js';

/**
 * The contracts' refusals as problems, by the error's name. A room that refuses the same thing before the chain is asked
 * throws the same problem. Notices name the error's values in backticks.
 */
export const CONTRACT_PROBLEMS = {
  ${names.map((name) => `${name}: ${problem(name, notices.get(name))}`).join(',\n  ')},
};
export type ContractErrorName = keyof typeof CONTRACT_PROBLEMS;

/** What each error means, for details. */
export const CONTRACT_NOTICES: Readonly<Record<ContractErrorName, string>> = {
  ${names.map((name) => `${name}: ${JSON.stringify(notices.get(name) ?? `${words(name)}.`)}`).join(',\n  ')},
};
`;
}

function problem(name: string, notice = ''): string {
  const status = STATUSES.find(([pattern]) => pattern.test(name))?.[1] ?? 409;
  const rule = /\brules? (\d+)/.exec(notice)?.[1];
  const title = JSON.stringify(words(name));
  return `defineProblem({ code: '${code(name)}', status: ${status}, title: ${title}${rule ? `, rule: '${rule}'` : ''} })`;
}

/** OrderInvalidTransition -> ORDER_INVALID_TRANSITION, ERC721NonexistentToken -> ERC721_NONEXISTENT_TOKEN */
const code = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase();
const words = (name: string) => {
  const text = code(name).toLowerCase().replaceAll('_', ' ');
  return text[0]!.toUpperCase() + text.slice(1);
};

/** The `@notice` above each error of contracts/, in one line. */
function readNotices(): Map<string, string> {
  const notices = new Map<string, string>();
  for (const file of readdirSync('contracts', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.sol')) continue;
    const source = readFileSync(join('contracts', file), 'utf8');
    for (const [, comment, name] of source.matchAll(/((?:[ \t]*\/\/\/[^\n]*\n)+)[ \t]*error (\w+)/g)) {
      const text = comment!
        .replace(/^[ \t]*\/\/\/ ?/gm, '')
        .replace(/\s+/g, ' ')
        .trim();
      const notice = /@notice (.*?)(?: @\w+|$)/.exec(text)?.[1];
      if (notice) notices.set(name!, notice);
    }
  }
  return notices;
}
