import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ConsortiumFile } from '../../scripts/consortium/consortium.js';
import { MemberClient } from '../../scripts/demo/client.js';
import { anyPort } from '../../scripts/embedded/ports.js';

const MAIN = resolve('dist/scripts/consortium/main.js');

/** An embedded consortium, started as `npm start` starts it, in a folder of its own. */
export class RunningConsortium {
  readonly dir = mkdtempSync(join(tmpdir(), 'tradeproof-e2e-'));
  #process: ChildProcess | undefined;
  #output = '';
  #file: ConsortiumFile | undefined;

  /** Starts it, or starts it again on the same data. Resolves when all nodes are ready. */
  async start(): Promise<this> {
    const basePort = await anyPort();
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, TRADEPROOF_DATA_DIR: this.dir, TRADEPROOF_BASE_PORT: String(basePort), NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (this.#output += String(chunk)));
    const path = join(this.dir, 'consortium.json');
    while (!existsSync(path)) {
      if (child.exitCode !== null) throw new Error(`the consortium did not start:\n${this.#output}`);
      await new Promise((done) => setTimeout(done, 100));
    }
    this.#file = JSON.parse(readFileSync(path, 'utf8')) as ConsortiumFile;
    return this;
  }

  get file(): ConsortiumFile {
    if (!this.#file) throw new Error('the consortium is not running');
    return this.#file;
  }

  member(name: string): MemberClient {
    const member = this.file.members.find((each) => each.name === name);
    if (!member) throw new Error(`no member ${name}`);
    return new MemberClient(member);
  }

  /** Process id of a member's node, as the supervisor notes it. */
  nodePid(name: string): number {
    const port = new URL(this.member(name).member.url).port;
    const { children } = JSON.parse(readFileSync(join(this.dir, 'processes.json'), 'utf8')) as {
      children: Record<string, string>;
    };
    const pid = Object.keys(children).find((each) => environment(each).includes(`TRADEPROOF_PORT=${port}`));
    if (!pid) throw new Error(`no process of ${name} is running`);
    return Number(pid);
  }

  /** Ctrl-C. Resolves when it has stopped everything. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGINT');
    await gone;
  }

  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function environment(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
