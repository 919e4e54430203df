// `npm test`: Solidity fuzz and invariant tests by Hardhat, beside everything else by jest. Arguments go to jest, and then
// Hardhat is left out. `--deep` (`npm run test:deep`) raises the numbers to what a night allows: Hardhat's profile of that
// name, TRADEPROOF_DEEP for jest. The closing line is added up from the two runners' own reports.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const REPORTS = join(ROOT, 'reports');
const MODULES = join(ROOT, 'node_modules');
/** What V8 compiled: tests start some hundred processes of nodes, and each would compile the same files. */
const COMPILED = join(MODULES, '.cache', 'compiled');

/**
 * Runs a program, shows its output as it comes and returns it with the exit code. `aside`: takes what others leave of the
 * processors, and its output is shown at its end.
 */
function run(args, { env = {}, aside = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (aside) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (!aside) process.stdout.write(chunk);
      });
    }
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    child.once('close', (code) => {
      if (aside) process.stdout.write(output);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Hardhat closes with `N passing`, `N failing` and `N skipped`, each on a line of its own when there are any. */
function hardhatCounts(output) {
  const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
  const last = (word) => Number([...plain.matchAll(new RegExp(`(\\d+) ${word}`, 'g'))].at(-1)?.[1] ?? 0);
  return { passed: last('passing'), failed: last('failing'), skipped: last('skipped') };
}

const HARDHAT = join(MODULES, 'hardhat/dist/src/cli.js');

async function solidity(profile) {
  const { code, output } = await run([HARDHAT, 'test', 'solidity', '--test-profile', profile], { aside: true });
  const counts = hardhatCounts(output);
  // A runner that stops before its report has failed, whatever it counted.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (code === 0 && counts.passed === 0) counts.failed = 1;
  return counts;
}

/** On two cores: tests of nodes wait for one another, for blocks and for disks more than they compute. */
const WORKERS = 3;

async function jest(args) {
  mkdirSync(REPORTS, { recursive: true });
  const report = join(REPORTS, 'jest.json');
  rmSync(report, { force: true });
  const { code } = await run(
    [join(MODULES, 'jest/bin/jest.js'), `--maxWorkers=${WORKERS}`, '--json', `--outputFile=${report}`, ...args],
    { env: { NODE_ENV: 'test' } },
  );
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    const json = JSON.parse(readFileSync(report, 'utf8'));
    counts = {
      passed: json.numPassedTests,
      failed: json.numFailedTests + json.numRuntimeErrorTestSuites,
      skipped: json.numPendingTests,
    };
  } catch {
    counts.failed = 1;
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

const deep = process.argv.includes('--deep');
if (deep) process.env.TRADEPROOF_DEEP = 'true';
const args = process.argv.slice(2).filter((argument) => argument !== '--deep');
// Contract tests in jest deploy what was built, whichever of them are asked for.
const { code } = await run([HARDHAT, 'build', '--quiet']);
if (code !== 0) process.exit(code);
/** Each guard of the contracts, taken away and turned round: one test that a survivor fails. */
async function guards() {
  const { code } = await run(['dist/scripts/guards/main.js']);
  return { passed: Number(code === 0), failed: Number(code !== 0), skipped: 0 };
}

// Side by side: tests of the whole system wait more than they compute.
const parts = args.length > 0 ? [await jest(args)] : await Promise.all([solidity(deep ? 'deep' : 'default'), jest([])]);
if (deep && args.length === 0) parts.push(await guards());
const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(sum);
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
