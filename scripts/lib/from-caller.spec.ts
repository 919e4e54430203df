import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { folderFrom, fromCaller, programFrom } from './from-caller.js';

const dir = mkdtempSync(join(tmpdir(), 'tradeproof-caller-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** A command as npm runs it: in the project's folder, called from `dir`. */
function called(script: string, ...args: string[]) {
  const env = { PATH: process.env['PATH'], INIT_CWD: dir };
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(`dist/scripts/${script}.js`), ...args], {
    ...{ env, encoding: 'utf8', cwd: process.cwd() },
  });
  return { status, said: `${stdout}${stderr}` };
}

it('means what is named from where the caller stands, and the project’s own in its folder', () => {
  expect(fromCaller('a/b', { INIT_CWD: '/where' })).toBe('/where/a/b');
  expect(fromCaller('/a/b', { INIT_CWD: '/where' })).toBe('/a/b');
  expect(fromCaller('a', {})).toBe(resolve('a'));
  expect(folderFrom(undefined, '.data/production')).toBe('.data/production');
  expect([programFrom('redis-server'), programFrom('/opt/besu'), programFrom(undefined)]).toEqual([
    ...['redis-server', '/opt/besu', undefined],
  ]);
  expect(programFrom('./besu')).toBe(fromCaller('besu'));
});

it('puts keys where the caller stands, and nothing into the project', () => {
  writeFileSync(join(dir, 'passphrase'), 'correct horse battery\n', { mode: 0o600 });
  const files = ['--keys-file', 'member.keys', '--passphrase-file', 'passphrase', '--admin-keystore', 'admin.json'];
  expect(called('keys/main', 'new', ...files).status).toBe(0);
  expect(readdirSync(dir).sort()).toEqual(['admin.json', 'member.keys', 'passphrase']);
  expect(existsSync('member.keys')).toBe(false);
});

it('founds where the caller stands, from the cards that lie there', () => {
  const made = called('production/genesis-main', 'validator', 'bank-a', '203.0.113.7', '--dir', 'founding');
  expect(made).toEqual({ status: 0, said: expect.stringContaining(join(dir, 'founding/cards/bank-a')) });
  const chain = called('production/genesis-main', 'chain', 'none.validator.json');
  expect(chain).toEqual({ status: 1, said: expect.stringContaining(join(dir, 'none.validator.json')) });
});

it.each([
  ['deploy/upgrade-main', ['OrderRegistry', '--rpc', 'http://127.0.0.1:1', '--deployment', 'none.json'], 'none.json'],
  ['production/main', ['--rpc', 'http://127.0.0.1:1', '--dir', 'none'], 'none/'],
  ['demo/main', ['--dir', 'none'], 'none'],
])('looks there for what %s is told of', (script, args, named) => {
  expect(called(script, ...args)).toEqual({ status: 1, said: expect.stringContaining(join(dir, named)) });
});
