import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { guardsOf, type Place } from './guards.js';

/** Where the contracts with all their mutants are built: beside what is built to be deployed, never in its place. */
export const SHADOW = '.data/guards';

/** Blocks' beneficiary from which on an address names a mutant; below it none runs. */
const FIRST = 0x6d00_0000;

/** Which mutant runs is the coinbase of the blocks: read by any contract, set by the network's configuration. */
const MUTANTS = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

library Mutants {
    function refuses(uint256 n, bool condition) internal view returns (bool) {
        uint160 mutant = uint160(address(block.coinbase));
        if (mutant == ${FIRST} + 2 * n) return false;
        if (mutant == ${FIRST} + 2 * n + 1) return !condition;
        return condition;
    }
}
`;

/** The coinbase that runs the n-th guard's mutant, or none. */
export const coinbaseOf = (n: number, negated: boolean): string =>
  `0x${(FIRST + 2 * n + Number(negated)).toString(16).padStart(40, '0')}`;

/** Writes the contracts, each guard of them asking whether it is the mutant, and gives the guards in their numbers' order. */
export function writeShadow(): Place[] {
  for (const part of ['contracts', 'test']) rmSync(join(SHADOW, part), { recursive: true, force: true });
  mkdirSync(SHADOW, { recursive: true });
  writeFileSync(join(SHADOW, 'package.json'), '{ "name": "guards", "private": true, "type": "module" }\n');
  writeFileSync(join(SHADOW, 'hardhat.config.ts'), configuration());
  cpSync('test/contracts/support', join(SHADOW, 'test/contracts/support'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
  mkdirSync(join(SHADOW, 'contracts'), { recursive: true });
  writeFileSync(join(SHADOW, 'contracts/Mutants.sol'), MUTANTS);
  const guards: Place[] = [];
  for (const file of solidityFiles()) {
    const source = readFileSync(file, 'utf8');
    const places = guardsOf(file, source);
    const path = join(SHADOW, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, withMutants(file, instrument(source, places, guards.length), places.length));
    guards.push(...places);
  }
  return guards;
}

/** Has each guard of the source, numbered from `first`, ask whether it is the mutant. */
export function instrument(source: string, places: readonly Place[], first: number): string {
  let text = source;
  for (const [i, { from, to }] of [...places.entries()].reverse()) {
    const asked = `Mutants.refuses(${first + i}, ${from === to ? 'true' : source.slice(from, to)})`;
    text = text.slice(0, from) + (from === to ? `if (${asked}) ` : asked) + text.slice(to);
  }
  // Which mutant it is, is read from the chain.
  return text.replace(/\bpure\b/g, 'view');
}

function solidityFiles(): string[] {
  return readdirSync('contracts', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sol'))
    .map((name) => join('contracts', name))
    .sort();
}

function withMutants(file: string, text: string, guards: number): string {
  if (guards === 0) return text;
  const path = relative(dirname(file), 'contracts/Mutants.sol');
  const named = path.startsWith('.') ? path : `./${path}`;
  return text.replace(/^pragma solidity [^;]+;$/m, (pragma) => `${pragma}\n\nimport {Mutants} from "${named}";`);
}

/** The repository's own, but for code of any size, and for the coinbase that the environment names. */
function configuration(): string {
  const network = `default: {
      allowUnlimitedContractSize: true,
      coinbase: process.env.TRADEPROOF_MUTANT,`;
  return readFileSync('hardhat.config.ts', 'utf8').replace(/default: \{(?=\s+type: 'edr-simulated')/, network);
}
