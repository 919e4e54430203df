import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

it('says in one line what it does not know', () => {
  const args = [resolve('dist/scripts/production/main.js'), '--foo'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^tradeproof: Unknown option '--foo'.*\n$/)]);
});
