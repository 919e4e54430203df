import { spawn } from 'node:child_process';

/** Most of a program's output that is kept, in characters: its end. */
const KEPT = 20_000;

export interface Run {
  readonly ok: boolean;
  /** Its last part. */
  readonly output: string;
}

/** Runs a program of Node to its end. */
export function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-KEPT)));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** Runs these specs, no database beside them, until the first test fails. */
export function jest(specs: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  const config = {
    rootDir: process.cwd(),
    testMatch: specs.map((spec) => `<rootDir>/${spec}`),
    testEnvironment: '<rootDir>/test/support/environment.mjs',
    runtime: '<rootDir>/scripts/guards/runtime.mjs',
    transform: {},
    testTimeout: 120_000,
  };
  const args = ['node_modules/jest/bin/jest.js', '--bail', '--maxWorkers=2', '--config', JSON.stringify(config)];
  return run(args, env);
}
