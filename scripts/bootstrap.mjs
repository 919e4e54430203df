// Runs under whatever Node the reader has (20 or later) and imports nothing but Node itself: fetches the pinned
// Node and the dependencies when they are missing, says so, then hands over to the command asked for.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE_VERSION = '24.21.0';
const TOOLCHAIN = join(ROOT, '.toolchain');
const MARKER = join(ROOT, 'node_modules', '.tradeproof-install');

/** Of what could not be begun; 1 is the commands' own, of which some say with it that they have done their work. */
const NOT_BEGUN = 2;

/** Each command of package.json: the scripts it runs, one after another, with the arguments of the last. */
const COMMANDS = {
  start: ['scripts/build.mjs', 'dist/scripts/consortium/main.js'],
  test: ['scripts/build.mjs', 'scripts/test.mjs'],
  'test:deep': ['scripts/build.mjs', 'scripts/test.mjs --deep'],
  'test:guards': ['scripts/build.mjs', 'dist/scripts/guards/main.js'],
  coverage: ['scripts/build.mjs', 'scripts/coverage.mjs'],
  'check:static': ['scripts/build.mjs', 'scripts/check.mjs'],
  check: ['scripts/build.mjs', 'scripts/check.mjs', 'scripts/test.mjs'],
  generate: ['scripts/build.mjs', 'scripts/generate.mjs'],
  keys: ['scripts/build.mjs', 'dist/scripts/keys/main.js'],
  demo: ['scripts/build.mjs', 'dist/scripts/demo/main.js'],
  chaos: ['scripts/build.mjs', 'dist/test/chaos/main.js'],
  doctor: ['scripts/build.mjs', 'dist/scripts/doctor/main.js'],
  import: ['scripts/build.mjs', 'dist/scripts/import/main.js'],
  backup: ['scripts/build.mjs', 'dist/scripts/backup/main.js backup'],
  restore: ['scripts/build.mjs', 'dist/scripts/backup/main.js restore'],
  upgrade: ['scripts/build.mjs', 'dist/scripts/deploy/upgrade-main.js'],
  rebuild: ['scripts/build.mjs', 'dist/scripts/backup/rebuild-main.js'],
  genesis: ['scripts/build.mjs', 'dist/scripts/production/genesis-main.js'],
  deploy: ['scripts/build.mjs', 'dist/scripts/deploy/main.js'],
  production: ['scripts/build.mjs', 'dist/scripts/production/main.js'],
  bench: ['scripts/build.mjs', 'dist/scripts/bench/main.js'],
  build: ['scripts/build.mjs'],
};

const say = (text) => process.stderr.write(`tradeproof: ${text}\n`);

function fail(text) {
  say(text);
  process.exit(NOT_BEGUN);
}
process.on('uncaughtException', (error) => fail(error.message));

/** npm, run by the given Node: what it installs depends on the version that runs it, not on the one it finds in PATH. */
function npm(args, node, path = process.env.PATH) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [node, [cli]] : ['npm', []];
  const env = { ...process.env, PATH: path };
  // npm passes its own settings down as npm_*; an inherited prefix or workspace would send the install elsewhere.
  for (const name of Object.keys(env))
    if (/^npm_(config_(local_)?prefix|node_execpath|package_|lifecycle_)/i.test(name)) delete env[name];
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, [...first, ...args], { cwd: ROOT, env, stdio: ['ignore', 2, 2], shell });
  if (error || status !== 0)
    fail(`npm ${args.join(' ')} failed${error ? `: ${error.message}` : ` with exit code ${status}`}`);
}

/** Path of the folder that holds the pinned Node's binary. */
function pinnedNode() {
  if (process.version === `v${NODE_VERSION}`) return dirname(process.execPath);
  const bin = join(TOOLCHAIN, 'node_modules', '.bin');
  const marker = join(TOOLCHAIN, 'version');
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== NODE_VERSION) {
    say(`this is Node ${process.version}; fetching Node ${NODE_VERSION} into .toolchain (about 190 MB, once) ...`);
    mkdirSync(TOOLCHAIN, { recursive: true });
    npm(
      [
        'install',
        '--prefix',
        TOOLCHAIN,
        '--no-save',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        `node@${NODE_VERSION}`,
      ],
      process.execPath,
    );
    writeFileSync(marker, NODE_VERSION);
  }
  return bin;
}

/**
 * Dependencies as locked, installed *under the pinned Node*: under an older one npm leaves out packages whose `engines`
 * do not match, among them Hardhat's native part. The marker tells an install made by somebody else's hand.
 */
function dependencies(node, path) {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  const wanted = `${lock} node ${NODE_VERSION}\n`;
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8') === wanted) return;
  say('installing dependencies as locked (about 15 s warm, a minute or two cold, once) ...');
  npm(['install', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'], node, path);
  const now = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  writeFileSync(MARKER, `${now} node ${NODE_VERSION}\n`);
}

const [name = '', ...args] = process.argv.slice(2);
const steps = COMMANDS[name];
if (!steps) fail(`no command '${name}': one of ${Object.keys(COMMANDS).join(', ')}`);
if (Number(process.versions.node.split('.')[0]) < 20) fail(`needs Node 20 or later, this is ${process.version}`);
const bin = pinnedNode();
const path = `${bin}${delimiter}${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`;
const node = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
dependencies(node, path);
// npm runs scripts in the project's folder and says where it was called; whoever runs this by itself stands where it is called.
const caller = process.cwd() === ROOT ? (process.env.INIT_CWD ?? ROOT) : process.cwd();

/**
 * Runs one step to its end. Signals are passed on and the child decides how to stop; the IPC channel tells it when this
 * process is gone without having been able to say so.
 */
function run(step, stepArgs) {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH: path, INIT_CWD: caller };
    const [script, ...own] = step.split(' ');
    const child = spawn(node, [join(ROOT, script), ...own, ...stepArgs], {
      cwd: ROOT,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env,
    });
    const forward = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => {
      for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(each, forward);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

for (const [index, step] of steps.entries()) {
  const code = await run(step, index === steps.length - 1 ? args : []);
  if (code !== 0) process.exit(step === 'scripts/build.mjs' && code === 1 ? NOT_BEGUN : code);
}
