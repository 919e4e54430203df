// `npm run check:static`: what a machine can say about the sources without running them. Each step prints one line;
// a failing one prints what it found. All steps run, so that one pass shows everything.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GENERATORS } from './generators.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (path) => join(ROOT, 'node_modules', path);

const COMPILING = [['contracts compile', [bin('hardhat/dist/src/cli.js'), 'build', '--quiet']]];
const READING = [
  ['types', [bin('typescript/bin/tsc'), '--noEmit', '-p', '.']],
  ['lint', [bin('eslint/bin/eslint.js'), '.', '--max-warnings=0']],
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
  [
    'import directions',
    [
      bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      'node/src',
      'scripts',
      '--config',
      '.dependency-cruiser.cjs',
    ],
  ],
];
const GENERATING = GENERATORS.map(({ name, script }) => [`generated: ${name}`, [join(ROOT, script), 'check']]);

let failed = 0;
async function inTurn(steps) {
  for (const [name, args] of steps) {
    const started = Date.now();
    const { status, output } = await run(args);
    process.stdout.write(
      `${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
    );
    if (status === 0) continue;
    failed += 1;
    process.stdout.write(`${output}\n`);
  }
}

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('close', (status) => resolve({ status, output }));
  });
}

// The compiler of a fresh clone takes one core for minutes.
await Promise.all([inTurn(COMPILING), inTurn(READING)]);
await inTurn(GENERATING);
if (failed > 0) process.stdout.write(`${failed} checks failed\n`);
process.exit(failed > 0 ? 1 : 0);
