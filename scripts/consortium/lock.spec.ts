import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDir } from './data-dir.js';
import { Lock } from './lock.js';

let dir: DataDir;
let child: ChildProcess;

beforeEach(() => (dir = new DataDir(mkdtempSync(join(tmpdir(), 'tradeproof-lock-')))));
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(dir.root, { recursive: true });
});

const note = () => dir.path('processes.json');
const supervisedBy = (supervisor: number) => dir.write(note(), { supervisor, children: {} });

async function shows(file: string, wanted: RegExp): Promise<void> {
  while (!wanted.test(readFileSync(file, 'utf8'))) await new Promise((resolve) => setTimeout(resolve, 10));
}

it('refuses a folder whose supervisor runs', async () => {
  child = spawn('sh', ['-c', 'read line', 'consortium'], { stdio: ['pipe', 'ignore', 'ignore'] });
  supervisedBy(child.pid!);
  await expect(new Lock(dir).acquire()).rejects.toThrow('a consortium already runs');
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
