// `npm run check:static`: what a machine can say about the sources without running them. Each step prints one line;
// a failing one prints what it found. All steps run, so that one pass shows everything.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GENERATORS } from './generators.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (path) => join(ROOT, 'node_modules', path);

const STEPS = [
  ['contracts compile', [bin('hardhat/dist/src/cli.js'), 'build', '--quiet']],
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
  ...GENERATORS.map(({ name, script }) => [`generated: ${name}`, [join(ROOT, script), 'check']]),
];

let failed = 0;
for (const [name, args] of STEPS) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  process.stdout.write(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
  );
  if (status === 0) continue;
  failed += 1;
  process.stdout.write(`${stdout}${stderr}\n`);
}
if (failed > 0) process.stdout.write(`${failed} of ${STEPS.length} checks failed\n`);
process.exit(failed > 0 ? 1 : 0);
