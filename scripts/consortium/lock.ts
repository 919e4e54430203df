import { readFileSync } from 'node:fs';
import { type Child, type Spawn, spawnChild } from '../embedded/child.js';
import type { DataDir } from './data-dir.js';

interface Processes {
  readonly supervisor: number;
  /** Process id -> a part of its command line, so that a number that the system has given away again is left alone. */
  readonly children: Record<string, string>;
}

function commandOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch {
    return undefined;
  }
  try {
    // Empty when it has ended, and its parent has not looked yet.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') || undefined;
  } catch {
    return ''; // no /proc on this system: alive, command unknown
  }
}

/** Resolves when the process has ended; its ports and files are free then. */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; commandOf(pid) && tries < 100; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
}

const SUPERVISOR = /scripts\/(consortium|production)\/main/;

/** One supervisor a data folder: refuses a second one, clears away what a crashed one left running, and leaves nothing running itself. */
export class Lock {
  readonly #children = new Map<Child, string>();
  #held = false;
  readonly #file: string;

  constructor(private readonly dir: DataDir) {
    this.#file = dir.path('processes.json');
  }

  async acquire(): Promise<void> {
    const before = this.dir.read<Processes>(this.#file);
    if (before) {
      const running = commandOf(before.supervisor);
      if (before.supervisor !== process.pid && running !== undefined && (running === '' || SUPERVISOR.test(running)))
        throw new Error(`a consortium already runs on ${this.dir.root} (process ${before.supervisor}); stop it first`);
      const left = Object.entries(before.children).filter(([pid, part]) => commandOf(Number(pid))?.includes(part));
      for (const [pid] of left) process.kill(Number(pid), 'SIGKILL');
      await Promise.all(left.map(([pid]) => gone(Number(pid))));
    }
    this.#save();
    this.#held = true;
  }

  /** False before `acquire`, when it failed (the folder is another's then), and after `release`. */
  get held(): boolean {
    return this.#held;
  }

  /** Spawns children that are remembered by a part of their command line: from the beginning, for what is starting is ready late or never. */
  spawning(part: string): Spawn {
    return (...args) => {
      if (!this.#held) throw new Error(`nothing starts in ${this.dir.root} any more`);
      const child = spawnChild(...args);
      this.#children.set(child, part);
      void child.exited.then(() => this.#children.delete(child));
      try {
        this.#save();
      } catch (error) {
        child.kill('SIGKILL');
        throw error;
      }
      return child;
    };
  }

  /** Stops whatever still runs or starts, and leaves the folder to the next. */
  async release(): Promise<void> {
    if (!this.#held) return;
    this.#held = false;
    await Promise.all([...this.#children.keys()].map((child) => child.stop()));
    this.dir.remove(this.#file);
  }

  #save(): void {
    this.dir.write(this.#file, {
      supervisor: process.pid,
      children: Object.fromEntries([...this.#children].map(([{ pid }, part]) => [pid, part])),
    } satisfies Processes);
  }
}
