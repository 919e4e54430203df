import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { NODE_FLAGS } from './consortium/node.js';

it('tells where in our sources it failed, by the names of our classes', () => {
  const { status, stderr } = spawnSync(process.execPath, [...NODE_FLAGS, resolve('dist/node/src/bundle/main.js')], {
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/tradeproof cannot start: Error: unusable settings/);
  expect(stderr).toMatch(/ at Config\.fromEnvironment \(.*\/node\/src\/config\/config\.ts:\d+:\d+\)/);
});
