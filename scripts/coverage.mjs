// `npm run coverage`: which lines and statements the tests reach, of the contracts (Hardhat's tests and jest's together)
// and of node/src (all that runs within jest: what a whole consortium does in processes of its own is not counted).
// `contracts` or `node` as argument: only that. Reports land in coverage/; fails below the floors.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const COVERAGE = join(ROOT, 'coverage');
const HARDHAT = join(ROOT, 'node_modules/hardhat/dist/src/cli.js');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');

function run(args, env = {}) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'test', ...env },
    stdio: 'inherit',
  });
  return status === 0;
}

/** Found and hit, summed over the files of an lcov report whose path begins with `under`. */
function lcov(file, under) {
  const sums = { lines: [0, 0] };
  let counts = false;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('SF:')) counts = line.slice(3).replace(`${ROOT}/`, '').startsWith(under);
    const [, key, number] = /^(LF|LH):(\d+)/.exec(line) ?? [];
    if (counts && key) sums.lines[key === 'LF' ? 0 : 1] += Number(number);
  }
  return sums.lines;
}

/** Says the share, and whether it is at least the floor. */
function enough(what, [found, hit], floor) {
  const share = (100 * hit) / found;
  process.stdout.write(`${what}: ${hit} of ${found} lines, ${share.toFixed(2)} % (at least ${floor} %)\n`);
  return share >= floor;
}

function contracts() {
  rmSync(join(COVERAGE, 'data'), { recursive: true, force: true });
  const counting = { HARDHAT_COVERAGE: 'true' };
  const passed = run([HARDHAT, 'test', 'solidity', '--test-profile', 'counted'], counting);
  // Gas is another with the counting.
  const jest = run([JEST, 'test/contracts', '--maxWorkers=2', '--testPathIgnorePatterns=gas.spec'], counting);
  const report = `const { markTestRunDone } = await import('hardhat/internal/coverage');
    const { default: hre } = await import('hardhat');
    await hre.tasks.getTask('build').run({ quiet: true });
    await markTestRunDone('solidity');`;
  const told = run(['--input-type=module', '-e', report], counting);
  return enough('contracts', lcov(join(COVERAGE, 'lcov.info'), 'contracts/'), 100) && passed && jest && told;
}

function node() {
  const passed = run([
    ...[JEST, '--maxWorkers=2', '--coverage', '--coverageProvider=v8', '--coverageReporters=lcov'],
    ...['--coverageDirectory=coverage/node', '--collectCoverageFrom=node/src/**/*.ts'],
    ...['--collectCoverageFrom=!node/src/**/*.spec.ts', '--collectCoverageFrom=!node/src/**/testing/**'],
    ...['node/src', 'test/lives', 'scripts/demo'],
  ]);
  return enough('node/src', lcov(join(COVERAGE, 'node', 'lcov.info'), 'node/src/'), 90) && passed;
}

const wanted = process.argv.slice(2);
const parts = Object.entries({ contracts, node }).filter(([name]) => wanted.length === 0 || wanted.includes(name));
process.exit(parts.map(([, part]) => part()).every(Boolean) ? 0 : 1);
