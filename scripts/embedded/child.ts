import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A child of the embedded consortium or of a test: in its own process group, its output in a file. */
export interface Child {
  readonly pid: number;
  readonly exited: Promise<number | null>;
  readonly alive: () => boolean;
  /** Sends its stop signal, waits as long as it is given, then SIGKILL. Resolves when the process is gone. */
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export interface SpawnOptions {
  readonly log: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Opens an IPC channel, so that the child can exit by itself when its parent dies. */
  readonly ipc?: boolean;
  /** What tells it to stop in its own order; SIGTERM by default. */
  readonly stopSignal?: NodeJS.Signals;
  /** How long it may take to stop; 10 s by default. */
  readonly graceMs?: number;
}

/** As {@link spawnChild}, by somebody who also remembers what was spawned. */
export type Spawn = typeof spawnChild;

/** Tells each child that runs to stop. */
const stops = new Set<() => void>();
// Whatever ends this process before them, an error that nobody expected among it: they would run on, and hold their ports and data.
process.on('exit', () => stops.forEach((stop) => stop()));

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
  const { stopSignal = 'SIGTERM', graceMs = 10_000 } = options;
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  if (child.pid === undefined) throw new Error(`${command} could not be started: see ${options.log}`);
  const stop = () => child.kill(stopSignal);
  stops.add(stop);
  void exited.then(() => stops.delete(stop));
  const alive = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid,
    exited,
    alive,
    kill: (signal) => void child.kill(signal),
    async stop() {
      if (!alive()) return;
      stop();
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
