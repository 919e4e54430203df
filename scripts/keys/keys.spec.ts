import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transaction } from 'ethers';
import { readKeyFile, type StoredKeys } from '../../node/src/config/index.js';
import { makeMemberKeys } from '../consortium/keys.js';
import { discard, prepare, switchTo } from './rotation.js';
import { runKeys } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'tradeproof-keys-'));
const options = {
  'keys-file': join(folder, 'keys'),
  'passphrase-file': join(folder, 'passphrase'),
  'admin-keystore': join(folder, 'admin'),
};
const run = async (...words: string[]) => JSON.parse(await runKeys(words, options)) as Record<string, string>;
const stored = () =>
  readKeyFile({ path: options['keys-file'], passphraseFile: options['passphrase-file'], inTheClear: false });

let made: Record<string, string>;

beforeAll(async () => {
  writeFileSync(options['passphrase-file'], 'correct horse battery\n', { mode: 0o600 });
  made = await run('new');
});
afterAll(() => rmSync(folder, { recursive: true }));

it('makes sealed secrets without the admin key, and says what is public of them alone', async () => {
  const keys = stored();
  expect(keys.admin).toBeUndefined();
  expect(Object.keys(made)).toEqual(['admin', 'operator', 'signing', 'encryption', 'tag']);
  const { seed, vault, tagSecret, tag, operator, messageSigning, messageEncryption } = keys;
  for (const secret of [seed, vault, tagSecret, tag, operator!, messageSigning.d, messageEncryption.d]) {
    expect(JSON.stringify(made)).not.toContain(secret);
    expect(readFileSync(options['keys-file'], 'utf8')).not.toContain(secret);
  }
  for (const path of [options['keys-file'], options['admin-keystore']]) expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(existsSync(`${options['keys-file']}.tmp`)).toBe(false);
  expect(await run('show')).toEqual({ ...made, admin: undefined });
});

it('never overwrites keys', async () => {
  const before = readFileSync(options['keys-file'], 'utf8');
  await expect(run('new')).rejects.toThrow('is there already');
  expect(readFileSync(options['keys-file'], 'utf8')).toBe(before);
});

it('takes no file for two, whatever it is called, and leaves it as it is', async () => {
  symlinkSync(folder, `${folder}-link`);
  const [path, other] = [join(folder, 'one'), join(`${folder}-link`, 'one')];
  try {
    const both = { ...options, 'keys-file': path, 'admin-keystore': other };
    await expect(runKeys(['new'], both)).rejects.toThrow('--keys-file and --admin-keystore name one file');
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, JSON.stringify(makeMemberKeys()), { mode: 0o600 });
    const clear = readFileSync(path, 'utf8');
    const itself = { 'keys-file': path, 'passphrase-file': other };
    await expect(runKeys(['seal'], itself)).rejects.toThrow('--keys-file and --passphrase-file name one file');
    expect(readFileSync(path, 'utf8')).toBe(clear);
  } finally {
    rmSync(`${folder}-link`);
  }
});

it('lays a next key beside the present one, once, and drops it again', async () => {
  const { next } = (await run('next', 'operator')) as unknown as { next: Record<string, string> };
  expect(next['operator']).toMatch(/^0x[0-9a-f]{40}$/);
  expect(stored().next?.operator).toMatch(/^0x[0-9a-f]{64}$/);
  await expect(run('next', 'operator')).rejects.toThrow('is there already');
  expect(await run('discard', 'operator')).toEqual({ ...made, admin: undefined });
  expect(() => discard(stored(), 'operator')).toThrow('no next operator');
  expect(() => switchTo(stored(), 'operator')).toThrow('no next operator');
});

it.each([
  ['operator', 'operator', true],
  ['signing', 'messageSigning', false],
  ['encryption', 'messageEncryption', true],
  ['tag', 'tag', true],
] as const)('keeps the former %s key as long as it is needed', (kind, field, kept) => {
  const first = makeMemberKeys();
  const prepared = prepare(prepare(first, kind), kind === 'tag' ? 'operator' : 'tag');
  const { former, next, ...second } = switchTo(prepared, kind);
  expect(second[field]).toEqual(prepared.next?.[field]);
  expect(next).toEqual({ ...prepared.next, [field]: undefined });
  const third = switchTo(prepare({ ...second, former }, kind), kind);
  const formerOf = (keys: StoredKeys['former']) => (keys as Record<string, unknown> | undefined)?.[field];
  expect(formerOf(former)).toEqual(kept ? [first[field]] : undefined);
  expect(formerOf(third.former)).toEqual(kept ? [second[field], first[field]] : undefined);
  expect(third.next).toBeUndefined();
});

it('replaces the key for documents, and drops what it replaced when told to', async () => {
  const { vault } = stored();
  await expect(run('forget-documents')).rejects.toThrow('no former key');
  await run('replace-documents');
  const first = stored().documentKey;
  expect([first, stored().former?.documentKey, stored().vault]).toEqual([expect.any(String), [], vault]);
  await run('replace-documents');
  expect(stored().documentKey).not.toBe(first);
  expect(stored().former?.documentKey).toEqual([first]);
  const said: string[] = [];
  await runKeys(['forget-documents'], options, (text) => said.push(text));
  expect(stored().former?.documentKey).toBeUndefined();
  // Older backups of the database open with it alone.
  expect(said).toEqual([expect.stringMatching(/keep the copies of before, .* as you keep a backup or archived WAL/)]);
});

it('tells whoever changed the key file to back it up again, and nobody else', async () => {
  const said: string[] = [];
  const tell = (text: string) => said.push(text);
  await runKeys(['show'], options, tell);
  expect(said).toEqual([]);
  for (const words of [
    ['next', 'tag'],
    ['discard', 'tag'],
  ])
    await runKeys(words, options, tell);
  expect(said).toEqual([expect.stringMatching(/^the key file has changed: back it up again/), said[0]]);
});

it('signs for the admin what the node asks for, without a network', async () => {
  const to = `0x${'0a'.repeat(20)}`;
  const raw = await runKeys(['sign'], { ...options, to, data: '0x0102', 'chain-id': '2026', nonce: '7' });
  const transaction = Transaction.from(raw);
  expect(transaction).toMatchObject({ chainId: 2026n, nonce: 7, data: '0x0102', gasPrice: 0n });
  expect([transaction.to?.toLowerCase(), transaction.from?.toLowerCase()]).toEqual([to, made['admin']]);
});

it.each([
  [['dance'], {}, "no command 'dance'"],
  [['next'], {}, 'say which key'],
  [['next', 'vault'], {}, 'say which key'],
  [['next', '__proto__'], {}, 'say which key'],
  [['show'], { 'keys-file': undefined }, '--keys-file is missing'],
  [['sign'], { to: '0x', data: '0x', 'chain-id': '1e3', nonce: '0' }, '"1e3" is no number'],
])('says what is wrong with %j', async (words, changes, message) => {
  await expect(runKeys(words, { ...options, ...changes })).rejects.toThrow(message);
});

it('refuses a file that others may read', async () => {
  chmodSync(options['passphrase-file'], 0o644);
  await expect(run('show')).rejects.toThrow('chmod 600');
  chmodSync(options['passphrase-file'], 0o600);
});
