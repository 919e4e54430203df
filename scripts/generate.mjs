// `npm run generate`: compiles the contracts and writes every generated file anew, in order.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GENERATORS } from './generators.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STEPS = [
  ['compiling contracts', ['node_modules/hardhat/dist/src/cli.js', 'build', '--quiet']],
  ...GENERATORS.map(({ name, script }) => [`generating ${name}`, [script, 'generate']]),
];
for (const [what, [script, ...args]] of STEPS) {
  process.stdout.write(`${what}\n`);
  const { status } = spawnSync(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
