import { fileURLToPath } from 'node:url';
import type { DataDir } from '../../scripts/consortium/data-dir.js';
import { environmentOf, type NodePlan } from '../../scripts/consortium/node.js';
import { type Child, spawnChild } from '../../scripts/embedded/child.js';

const ENTRY = fileURLToPath(new URL('../../node/src/bundle/main.js', import.meta.url));
const CLOCK = new URL('./clock.js', import.meta.url).href;
const AGAIN_AFTER_MS = 100;

/** A node's process, started again whenever it ends, as a supervisor does it. */
export class NodeProcess {
  /** How often it was killed with SIGKILL. */
  kills = 0;
  #child: Child | null = null;
  #down = true;
  #clockMs = 0;

  constructor(
    private readonly dir: DataDir,
    readonly plan: NodePlan,
    private readonly member: string,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.plan.port}`;
  }

  start(): void {
    this.#down = false;
    this.#spawn();
  }

  /** Ends it in whatever it is doing; it is started again at once. */
  kill(): void {
    if (!this.#child?.alive()) return;
    this.kills++;
    this.#child.kill('SIGKILL');
  }

  /** Kills it, and keeps it down until `up`. */
  goDown(): void {
    this.#down = true;
    this.kill();
  }

  up(): void {
    if (!this.#down) return;
    this.start();
  }

  /** Stops it in time, or lets it go on. */
  pause(paused: boolean): void {
    if (this.#child?.alive()) this.#child.kill(paused ? 'SIGSTOP' : 'SIGCONT');
  }

  /** Its clock from its next start on, which is now. */
  setClock(ms: number): void {
    this.#clockMs = ms;
    this.kill();
  }

  async stop(): Promise<void> {
    this.#down = true;
    this.pause(false);
    await this.#child?.stop();
  }

  #spawn(): void {
    if (this.#down || this.#child?.alive()) return;
    const args = ['--disable-warning=ExperimentalWarning', '--enable-source-maps', '--import', CLOCK, ENTRY];
    const env = {
      ...environmentOf(this.dir, this.plan),
      TRADEPROOF_MEMBER: this.member,
      CHAOS_CLOCK_MS: String(this.#clockMs),
      NODE_OPTIONS: '',
    };
    const child = spawnChild(process.execPath, args, {
      log: this.dir.node(this.plan.name, 'node.log'),
      env,
      ipc: true,
    });
    this.#child = child;
    void child.exited.then(() => setTimeout(() => this.#spawn(), AGAIN_AFTER_MS));
  }
}
