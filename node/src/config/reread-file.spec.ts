import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { check, implementationsOf, readJson } from './files.js';
import { RereadFile } from './reread-file.js';

const folder = mkdtempSync(join(tmpdir(), 'tradeproof-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'file.json');
const schema = z.object({ count: z.number() });
const put = (content: string) => {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
};

it('is read again once it has changed, and not before; what cannot be used leaves what it said', () => {
  put('{"count": 1}');
  const refusals: string[] = [];
  let readings = 0;
  const read = (from: string) => {
    readings += 1;
    return check(from, readJson(from), schema);
  };
  const file = new RereadFile(path, read, ({ message }) => refusals.push(message));
  expect([file.current(), file.current(), readings]).toEqual([{ count: 1 }, { count: 1 }, 1]);
  expect(file.current()).toBe(file.current());
  put('{"count": 22}');
  expect(file.current()).toEqual({ count: 22 });
  put('{"count": "hush"}');
  expect([file.current(), file.current()]).toEqual([{ count: 22 }, { count: 22 }]);
  rmSync(path);
  expect([file.current(), file.current()]).toEqual([{ count: 22 }, { count: 22 }]);
  expect(refusals).toEqual([expect.stringMatching(/unusable at count$/), expect.stringMatching(/cannot be read$/)]);
  put('{"count": 333}');
  expect(file.current()).toEqual({ count: 333 });
});

it('must be there at first, unless what it says is known', () => {
  const refused = () => undefined;
  const none = join(folder, 'none');
  expect(() => new RereadFile(none, readJson, refused)).toThrow('cannot be read');
  expect(new RereadFile(none, readJson, refused, 'known').current()).toBe('known');
});

it('of a deployment lists the implementation of the beginning before those voted since', () => {
  const [first, second] = ['1', '2'].map((digit) => ({
    implementation: `0x${digit.repeat(40)}` as const,
    codeHash: `0x${digit.repeat(64)}` as const,
  }));
  const registry = { address: `0x${'3'.repeat(40)}` as const, ...first! };
  expect(implementationsOf(registry)).toEqual([first]);
  expect(implementationsOf({ ...registry, upgrades: [second!] })).toEqual([first, second]);
});
