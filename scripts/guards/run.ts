import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Guard } from './guards.js';
import { SHADOW } from './shadow.js';

const TESTS = 'test/contracts';

/** Tests of gas measure code as it is deployed. */
const SPEC = /^(?!.*\bgas\b).*\.spec\.ts$/;

/** A run of a program in the shadow's configuration; whether it ended well, and its last lines. */
export function run(args: readonly string[], coinbase?: string): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      env: {
        ...process.env,
        NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
        HARDHAT_CONFIG: join(process.cwd(), SHADOW, 'hardhat.config.ts'),
        ...(coinbase && { TRADEPROOF_MUTANT: coinbase }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000)));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

export const build = () => run(['node_modules/hardhat/dist/src/cli.js', 'build', '--quiet']);

/** Runs these specs, no database beside them, until the first test fails. */
export function test(specs: readonly string[], coinbase?: string) {
  const config = {
    rootDir: process.cwd(),
    testMatch: specs.map((spec) => `<rootDir>/${spec}`),
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    transform: { '^.+\\.ts$': '@swc/jest' },
    testTimeout: 120_000,
  };
  return run(
    ['node_modules/jest/bin/jest.js', '--bail', '--maxWorkers=2', '--config', JSON.stringify(config)],
    coinbase,
  );
}

/** The specs that could notice a guard's mutant: those that name its error, then the others of its room. */
export function specsFor({ file, error }: Guard): { readonly naming: string[]; readonly others: string[] } {
  const room = join(TESTS, file.split('/')[1]!);
  const all = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .map((name) => join(TESTS, name))
    .filter((name) => SPEC.test(name));
  const naming = all.filter((name) => readFileSync(name, 'utf8').includes(error));
  // What no room of its own tests, the libraries, all do.
  const near = existsSync(room) ? all.filter((name) => name.startsWith(`${room}/`)) : all;
  return { naming, others: near.filter((name) => !naming.includes(name)) };
}
