import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'tradeproof-child-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('ends with the process that spawned it, whatever ends that', async () => {
  const program = `
    const { spawnChild } = await import(${JSON.stringify(resolve('dist/scripts/embedded/child.js'))});
    const { pid } = spawnChild('sleep', ['600'], { log: ${JSON.stringify(join(dir, 'log'))} });
    process.stdout.write(String(pid));
    setTimeout(() => { throw new Error('nobody expected this'); });
  `;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect([status, Number(stdout) > 1]).toEqual([1, true]);
  while (existsSync(`/proc/${stdout}`)) await new Promise((done) => setTimeout(done, 20));
});
