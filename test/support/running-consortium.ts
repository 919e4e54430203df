import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ConsortiumFile } from '../../scripts/consortium/consortium.js';
import { MemberClient } from '../../scripts/demo/client.js';
import { drawPort } from './ports.js';

const STARTS_WITHIN_MS = 240_000;
const MAIN = resolve('dist/scripts/consortium/main.js');

/** Kinds of processes that a consortium runs, as the supervisor notes them. */
export type Part = 'postgres' | 'anvil' | 'main.js';

/** An embedded consortium, started as `npm start` starts it, in a folder of its own. */
export class RunningConsortium {
  readonly dir = mkdtempSync(join(tmpdir(), 'tradeproof-e2e-'));
  #process: ChildProcess | undefined;
  #output = '';
  #file: ConsortiumFile | undefined;

  /** Starts it, or starts it again on the same data. Resolves when all nodes are ready; leaves nothing when it fails. */
  async start(): Promise<this> {
    const child = this.#launch();
    const path = join(this.dir, 'consortium.json');
    for (const end = Date.now() + STARTS_WITHIN_MS; ;) {
      if (child.exitCode !== null || Date.now() > end) {
        await this.destroy();
        throw new Error(`the consortium did not start:\n${this.#output}`);
      }
      // A crashed consortium leaves its file behind.
      const file = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ConsortiumFile) : undefined;
      if (file?.pid === child.pid) {
        this.#file = file;
        return this;
      }
      await pause(100);
    }
  }

  /** Starts it, and stops it while PostgreSQL, which is held up, is starting. Resolves with the exit code. */
  async interrupt(): Promise<number | null> {
    const data = join(this.dir, 'postgres', 'data');
    const databases = () => this.processes().filter((pid) => commandOf(pid).includes(data));
    const before = databases();
    this.#launch();
    let starting: number | undefined;
    while (!(starting = databases().find((pid) => !before.includes(pid)))) await pause(20);
    process.kill(starting, 'SIGSTOP');
    const stopped = this.stop();
    await Promise.race([stopped, pause(1_000)]);
    process.kill(starting, 'SIGCONT');
    return stopped;
  }

  #launch(): ChildProcess {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        TRADEPROOF_DATA_DIR: this.dir,
        TRADEPROOF_BASE_PORT: String(drawPort()),
        NODE_OPTIONS: '',
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (this.#output += String(chunk)));
    return child;
  }

  get file(): ConsortiumFile {
    if (!this.#file) throw new Error('the consortium is not running');
    return this.#file;
  }

  /** All that it has printed. */
  get output(): string {
    return this.#output;
  }

  member(name: string): MemberClient {
    const member = this.file.members.find((each) => each.name === name);
    if (!member) throw new Error(`no member ${name}`);
    return new MemberClient(member);
  }

  /** Database of a member's node. */
  databaseUrl(name: string): string {
    const [port] = JSON.parse(readFileSync(join(this.dir, 'ports.json'), 'utf8')) as number[];
    const password = readFileSync(join(this.dir, 'postgres', 'password'), 'utf8').trim();
    return `postgres://tradeproof:${password}@127.0.0.1:${port}/tradeproof_${name.replaceAll('-', '_')}`;
  }

  /** Key file of a member's node. */
  keysOf<Keys>(name: string): Keys {
    return JSON.parse(readFileSync(join(this.dir, 'nodes', name, 'keys.json'), 'utf8')) as Keys;
  }

  /** What a member's node has logged. */
  logOf(name: string): string {
    return readFileSync(join(this.dir, 'nodes', name, 'node.log'), 'utf8');
  }

  /** Ids of the processes of one kind that run now. */
  pidsOf(part: Part): number[] {
    const path = join(this.dir, 'processes.json');
    const { children } = JSON.parse(readFileSync(path, 'utf8')) as { children: Record<string, string> };
    return Object.keys(children)
      .filter((pid) => children[pid] === part && existsSync(`/proc/${pid}`))
      .map(Number);
  }

  /** Process id of a member's node, as the supervisor notes it. Throws when none runs. */
  nodePid(name: string): number {
    const port = new URL(this.member(name).member.url).port;
    const pid = this.pidsOf('main.js').find((each) => environment(each).includes(`TRADEPROOF_PORT=${port}`));
    if (!pid) throw new Error(`no process of ${name} is running`);
    return pid;
  }

  /** Ids of all processes that work in its folder, the supervisor included. */
  processes(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter(
        (pid) => pid !== process.pid && (commandOf(pid).includes(this.dir) || mentions(environment(pid), this.dir)),
      );
  }

  /** Ctrl-C. Resolves with the exit code when it has stopped everything. */
  async stop(): Promise<number | null> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const gone = new Promise<number | null>((done) => child.once('exit', done));
    child.kill('SIGINT');
    return gone;
  }

  /** As a crash of the supervisor. Resolves when it is gone; its children may be there a moment longer. */
  async kill(): Promise<void> {
    const gone = new Promise((done) => this.#process!.once('exit', done));
    this.#process!.kill('SIGKILL');
    await gone;
  }

  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const mentions = (lines: readonly string[], text: string): boolean => lines.some((line) => line.includes(text));

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // gone meanwhile
  }
}

const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`);
const environment = (pid: number): string[] => read(`/proc/${pid}/environ`).split('\0');
