import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A project whose dependencies are installed, and whose commands do what a test wants. */
const root = realpathSync(mkdtempSync(join(tmpdir(), 'tradeproof-bootstrap-')));
const place = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
beforeAll(() => {
  mkdirSync(join(root, 'scripts'));
  copyFileSync('scripts/bootstrap.mjs', join(root, 'scripts/bootstrap.mjs'));
  place('package.json', '{"type":"module"}');
  place('package-lock.json', '{}');
  const lock = createHash('sha256').update('{}').digest('hex');
  place('node_modules/.tradeproof-install', `${lock} node ${process.versions.node}\n`);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** `npm run import`, of which both steps are given. */
function start(build: string, main: string): ChildProcess {
  place('scripts/build.mjs', build);
  place('dist/scripts/import/main.js', main);
  return spawn(process.execPath, [join(root, 'scripts/bootstrap.mjs'), 'import'], { stdio: 'ignore' });
}
const codeOf = async (child: ChildProcess) => ((await once(child, 'exit')) as [number | null])[0];

it.each<[string, string, string, number]>([
  ['what a command says itself', '', 'process.exit(1)', 1],
  ['an interruption that a command says itself', '', 'process.exit(130)', 130],
  ['what was killed', '', `process.kill(process.pid, 'SIGKILL')`, 137],
  ['what was ended', '', `process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 9_999)`, 143],
  ['what was interrupted', '', `process.kill(process.pid, 'SIGINT'); setTimeout(() => {}, 9_999)`, 130],
  ['what could not be built, and so not begun', 'throw new Error()', 'process.exit(0)', 2],
])('tells %s apart by the exit code', async (_, build, main, code) => {
  expect(await codeOf(start(build, main))).toBe(code);
});

it('tells apart what failed before any of it', async () => {
  const run = (name: string) =>
    spawn(process.execPath, [join(root, 'scripts/bootstrap.mjs'), name], { stdio: 'ignore' });
  expect(await codeOf(run('dance'))).toBe(2);
  rmSync(join(root, 'package-lock.json'));
  expect(await codeOf(run('import'))).toBe(2);
  place('package-lock.json', '{}');
});

it.each([
  ['where it was called by itself', dirname(root), undefined, dirname(root)],
  ['where it was called by itself, whatever an npm around it says', dirname(root), '/elsewhere', dirname(root)],
  ['where npm was called, which runs it in the project’s folder', root, '/elsewhere', '/elsewhere'],
  ['the project’s folder where nobody says otherwise', root, undefined, root],
])('tells a command %s', async (_, cwd, called, expected) => {
  place('scripts/build.mjs', '');
  place('dist/scripts/import/main.js', 'process.stdout.write(`${process.cwd()} ${process.env.INIT_CWD}`)');
  const { INIT_CWD: __, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, 'scripts/bootstrap.mjs'), 'import'], {
    ...{ cwd, env: { ...env, ...(called && { INIT_CWD: called }) } },
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  await once(child, 'close');
  expect(said).toBe(`${root} ${expected}`);
});

it('builds nothing anew that is as it should be, so that whoever may only read runs it too', async () => {
  const build = () => spawn(process.execPath, [resolve('scripts/build.mjs')], { stdio: 'ignore' });
  expect(await codeOf(build())).toBe(0);
  const own = resolve('dist/package.json');
  const before = statSync(own);
  expect(await codeOf(build())).toBe(0);
  const { ino, mtimeMs } = statSync(own);
  expect([ino, mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  expect(JSON.parse(readFileSync(own, 'utf8'))).toMatchObject({ name: 'tradeproof', type: 'module' });
});
