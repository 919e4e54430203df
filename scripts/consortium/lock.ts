import { readFileSync } from 'node:fs';
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

/** One consortium a data folder: refuses a second supervisor and clears away what a crashed one left running. */
export class Lock {
  readonly #children = new Map<number, string>();
  readonly #file: string;

  constructor(private readonly dir: DataDir) {
    this.#file = dir.path('processes.json');
  }

  async acquire(): Promise<void> {
    const before = this.dir.read<Processes>(this.#file);
    if (before) {
      const running = commandOf(before.supervisor);
      if (
        before.supervisor !== process.pid &&
        running !== undefined &&
        (running === '' || running.includes('consortium'))
      )
        throw new Error(`a consortium already runs on ${this.dir.root} (process ${before.supervisor}); stop it first`);
      const left = Object.entries(before.children).filter(([pid, part]) => commandOf(Number(pid))?.includes(part));
      for (const [pid] of left) process.kill(Number(pid), 'SIGKILL');
      await Promise.all(left.map(([pid]) => gone(Number(pid))));
    }
    this.#save();
  }

  /** Remembers a child by a part of its command line. */
  add(pid: number, part: string): void {
    this.#children.set(pid, part);
    this.#save();
  }

  remove(pid: number): void {
    this.#children.delete(pid);
    this.#save();
  }

  release(): void {
    this.dir.remove(this.#file);
  }

  #save(): void {
    this.dir.write(this.#file, {
      supervisor: process.pid,
      children: Object.fromEntries(this.#children),
    } satisfies Processes);
  }
}
