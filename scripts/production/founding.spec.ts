import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Founding } from './founding.js';
import type { MemberPlan } from './member.js';
import { readCompose } from './read-compose.js';
import { rehearse, VALIDATORS } from './rehearsal.js';

let dir: string;
let founding: Founding;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-founding-'));
  founding = new Founding(join(dir, 'founding'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const written = () => (readdirSync(dir, { recursive: true }) as string[]).sort();
const PLAN: MemberPlan = { name: 'bank-a', roles: ['LENDER'], chamber: 'LENDERS', endpoint: 'https://a.example' };

it.each<[string, string, string, number, RegExp]>([
  ['a name that no chain takes', 'Bank A', '10.0.0.1', 30_303, /^name: /],
  ['a name that leads elsewhere', '../../bank', '10.0.0.1', 30_303, /^name: /],
  ['a name of another folder', 'cards', '10.0.0.1', 30_303, /^name: /],
  ['no host', 'bank-a', 'bank a', 30_303, /^host: /],
  ['no port', 'bank-a', '10.0.0.1', 70_000, /^port: /],
])('a validator with %s is refused, and nothing is left', (_, name, host, port, why) => {
  expect(() => founding.validator(name, host, port)).toThrow(why);
  expect(written()).toEqual([]);
});

it.each<[string, object, RegExp]>([
  ['a name that no chain takes', { name: 'Bank A' }, /^name: /],
  ['a name of another folder', { name: 'deployer' }, /^name: /],
  ['no role', { roles: [] }, /^roles: /],
  ['a role that there is not', { roles: ['BANKER'] }, /^roles\.0: /],
  ['a seat that its roles do not give', { chamber: 'SUPPLIERS' }, /^chamber: the chamber asks for its own role/],
  ['no endpoint', { endpoint: 'a.example' }, /^endpoint: /],
  ['an endpoint longer than the registry takes', { endpoint: `https://a.example/${'x'.repeat(256)}` }, /^endpoint: /],
])('a member with %s is refused, and nothing is left', async (_, change, why) => {
  await expect(founding.member({ ...PLAN, ...change } as MemberPlan)).rejects.toThrow(why);
  expect(written()).toEqual([]);
});

it('a member whose secrets are there in part, or whose card is, is refused as it stands', async () => {
  const [admin, card] = ['bank-a/admin/passphrase', 'cards/bank-b.member.json'];
  for (const path of [admin, card]) {
    mkdirSync(join(founding.dir, path, '..'), { recursive: true });
    writeFileSync(join(founding.dir, path), 'kept');
  }
  const before = written();
  await expect(founding.member(PLAN)).rejects.toThrow(`${admin} is there already`);
  await expect(founding.member({ ...PLAN, name: 'bank-b' })).rejects.toThrow(`${card} is there already`);
  await expect(rehearse(founding, () => undefined)).rejects.toThrow('is there already');
  expect(written()).toEqual(before);
  expect(readFileSync(join(founding.dir, admin), 'utf8')).toBe('kept');
});

it('a validator finds all that docker-compose.yml mounts of its own, and others do not look into it', () => {
  const { services } = readCompose('docker-compose.yml');
  VALIDATORS.forEach((name, i) => {
    founding.validator(name, '10.0.0.1', 30_303);
    const mounted = services[`validator-${i + 1}`]!.volumes!.flatMap((volume) => /\}\/([^:]*)/.exec(volume)?.[1] ?? []);
    const own = mounted.filter((path) => path.startsWith(`${name}/`)).map((path) => join(founding.dir, path));
    expect(own).toHaveLength(2);
    expect(own.map((path) => [path, statSync(path).mode & 0o077])).toEqual(own.map((path) => [path, 0]));
  });
});

it('a validator whose key was taken elsewhere keeps its card', () => {
  const card = founding.validator('bank-a', '10.0.0.1', 30_303);
  const before = readFileSync(card, 'utf8');
  rmSync(join(founding.dir, 'bank-a'), { recursive: true });
  expect(() => founding.validator('bank-a', '10.0.0.1', 30_303)).toThrow(`${card} is there already`);
  expect([readFileSync(card, 'utf8'), existsSync(join(founding.dir, 'bank-a'))]).toEqual([before, false]);
});

it('a deployer whose passphrase is there makes no other keystore', async () => {
  mkdirSync(join(founding.dir, 'deployer'), { recursive: true });
  writeFileSync(join(founding.dir, 'deployer', 'passphrase'), 'kept');
  const before = written();
  await expect(founding.deployer()).rejects.toThrow('passphrase is there already');
  expect(written()).toEqual(before);
});

it('a chain is not begun from cards of which one is unusable', () => {
  for (const i of [1, 2, 3, 4]) founding.validator(`bank-${i}`, '10.0.0.1', 30_302 + i);
  writeFileSync(join(founding.dir, 'cards', 'bank-1.member.json'), '{"name":"bank-1"}');
  expect(() => founding.chain(20_261, 2, [])).toThrow(/bank-1\.member\.json is unusable: /);
  expect(existsSync(join(founding.dir, 'chain'))).toBe(false);
});
