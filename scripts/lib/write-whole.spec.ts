import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from './write-whole.js';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'tradeproof-whole-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Somebody else, where this process may give files away. */
const [own, ownGroup] = [process.getuid!(), process.getgid!()];
const [uid, gid] = own === 0 ? [1000, 1001] : [own, ownGroup];

it('leaves a file to whom it belonged, with the mode that is asked for', () => {
  const path = join(dir, 'keys.json');
  writeWhole(path, 'first', 0o600);
  expect(statSync(path)).toMatchObject({ uid: own, gid: ownGroup });
  chownSync(path, uid, gid);
  writeWhole(path, 'second', 0o640);
  const { uid: owner, gid: group, mode } = statSync(path);
  expect([owner, group, mode & 0o777, readFileSync(path, 'utf8')]).toEqual([uid, gid, 0o640, 'second']);
  expect(readdirSync(dir)).toEqual(['keys.json']);
});

it('leaves what it cannot replace as it was', () => {
  const path = join(dir, 'folder');
  mkdirSync(path);
  expect(() => writeWhole(path, 'text', 0o600)).toThrow();
  expect(statSync(path).isDirectory()).toBe(true);
});
