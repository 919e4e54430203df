import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePublic } from './files.js';

/** What runs of a founding, and where, for whoever acts on it from this machine. Nothing secret. */
export interface Running {
  /** Of the process that started it all and stops it. */
  readonly pid: number;
  readonly rpcUrls: readonly string[];
  /** URL of each node, by member. */
  readonly nodes: Readonly<Record<string, string>>;
}

const fileIn = (dir: string): string => join(dir, 'run', 'running.json');

export function noteRunning(dir: string, running: Running): void {
  writePublic(fileIn(dir), running);
}

export function forgetRunning(dir: string): void {
  rmSync(fileIn(dir), { force: true });
}

/** What runs of the founding in this folder; undefined when nothing does. */
export function readRunning(dir: string): Running | undefined {
  if (!existsSync(fileIn(dir))) return undefined;
  const running = JSON.parse(readFileSync(fileIn(dir), 'utf8')) as Running;
  try {
    process.kill(running.pid, 0);
    return running;
  } catch {
    return undefined;
  }
}
