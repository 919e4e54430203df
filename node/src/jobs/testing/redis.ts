import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { lowPort } from '../../../../test/support/ports.js';

const READY_WITHIN_MS = 60_000;

/** Whether this machine has a Redis: it is no npm package. */
export function installed(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A Redis that keeps nothing on disk, on this port or a free one. */
export async function startRedis(at?: number): Promise<{ url: string; port: number; process: ChildProcess }> {
  const port = at ?? (await lowPort());
  const process = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  for (const end = Date.now() + READY_WITHIN_MS; ;) {
    const socket = connect(port, '127.0.0.1');
    const up = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (up) return { url: `redis://127.0.0.1:${port}`, port, process };
    if (process.exitCode !== null || Date.now() > end) throw new Error(`no Redis on port ${port}`);
    await sleep(50);
  }
}
