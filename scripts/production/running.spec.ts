import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetRunning, noteRunning, readRunning } from './running.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-running-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const running = { pid: process.pid, rpcUrls: ['http://127.0.0.1:1'], nodes: { core: 'http://127.0.0.1:2' } };

it('knows what runs, until it is told that it has ended', () => {
  expect(readRunning(dir)).toBeUndefined();
  noteRunning(dir, running);
  expect(readRunning(dir)).toEqual(running);
  forgetRunning(dir);
  expect(readRunning(dir)).toBeUndefined();
});

it('takes what a process left behind that is gone for nothing', () => {
  // Above the largest id that Linux gives.
  noteRunning(dir, { ...running, pid: 2 ** 30 });
  expect(readRunning(dir)).toBeUndefined();
  expect(readFileSync(join(dir, 'run', 'running.json'), 'utf8')).toContain('rpcUrls');
});
