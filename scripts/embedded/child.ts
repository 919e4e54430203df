import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A child of the embedded consortium or of a test: in its own process group, its output in a file. */
export interface Child {
  readonly pid: number;
  readonly exited: Promise<number | null>;
  readonly alive: () => boolean;
  /** Sends `signal`, waits up to `graceMs`, then SIGKILL. Resolves when the process is gone. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export interface SpawnOptions {
  readonly log: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Opens an IPC channel, so that the child can exit by itself when its parent dies. */
  readonly ipc?: boolean;
}

/**
 * `detached` keeps a Ctrl-C of the terminal with the supervisor alone, which then stops its children in order.
 */
export function spawnChild(command: string, args: readonly string[], options: SpawnOptions): Child {
  const log = openSync(options.log, 'a', 0o600);
  const child: ChildProcess = spawn(command, args, {
    detached: true,
    stdio: options.ipc ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    env: options.env ?? process.env,
    cwd: options.cwd,
  });
  closeSync(log);
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  if (child.pid === undefined) throw new Error(`${command} could not be started: see ${options.log}`);
  const alive = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid,
    exited,
    alive,
    kill: (signal) => void child.kill(signal),
    async stop(signal = 'SIGTERM', graceMs = 10_000) {
      if (!alive()) return;
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
