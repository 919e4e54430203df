import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Consortium } from './consortium.js';
import { DataDir } from './data-dir.js';
import { Lock } from './lock.js';

let dir: DataDir;
let child: ChildProcess | undefined;

beforeEach(() => (dir = new DataDir(mkdtempSync(join(tmpdir(), 'tradeproof-lock-')))));
afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
  rmSync(dir.root, { recursive: true });
});

const note = () => dir.path('processes.json');
const supervisedBy = (supervisor: number) => dir.write(note(), { supervisor, children: {} });

async function shows(file: string, wanted: RegExp): Promise<void> {
  while (!wanted.test(readFileSync(file, 'utf8'))) await new Promise((resolve) => setTimeout(resolve, 10));
}

it('refuses a folder whose supervisor runs, and leaves it as it is', async () => {
  child = spawn('sh', ['-c', 'read line', 'scripts/consortium/main.js'], { stdio: ['pipe', 'ignore', 'ignore'] });
  supervisedBy(child.pid!);
  dir.write(dir.consortium, {});
  const second = new Consortium(dir, 4400, () => undefined);
  await expect(second.start()).rejects.toThrow('a consortium already runs');
  await second.stop();
  expect([note(), dir.consortium].map((path) => existsSync(path))).toEqual([true, true]);
});

it('remembers what it spawns from the beginning, and leaves none of it running', async () => {
  const lock = new Lock(dir);
  await lock.acquire();
  const sleep = () => lock.spawning('sleep')('sleep', ['600'], { log: dir.path('log') });
  const spawned = sleep();
  expect(dir.read(note())).toEqual({ supervisor: process.pid, children: { [spawned.pid]: 'sleep' } });
  await lock.release();
  expect([spawned.alive(), existsSync(note())]).toEqual([false, false]);
  expect(sleep).toThrow(`nothing starts in ${dir.root} any more`);
});

it('takes the place of a supervisor that was killed, though its parent has not looked yet', async () => {
  // What takes the shell's place never asks what became of the shell's child.
  child = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [ended] = ((await once(child.stdout!, 'data')) as [Buffer]).map(Number) as [number];
  await shows(`/proc/${child.pid}/cmdline`, /^sleep/);
  process.kill(ended, 'SIGKILL');
  await shows(`/proc/${ended}/stat`, /\) Z /);
  supervisedBy(ended);
  await new Lock(dir).acquire();
  expect(dir.read<{ supervisor: number }>(note())?.supervisor).toBe(process.pid);
});
