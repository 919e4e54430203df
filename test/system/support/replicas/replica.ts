import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DataDir } from '../../../../scripts/consortium/data-dir.js';
import { environmentOf, nodeReady, type NodePlan } from '../../../../scripts/consortium/node.js';
import { type Child, spawnChild } from '../../../../scripts/embedded/child.js';

const ENTRY = resolve('dist/node/src/bundle/main.js');

/** A process of a member's node that has some of its roles. */
export class Replica {
  private child: Child | undefined;

  constructor(
    private readonly dir: DataDir,
    readonly name: string,
    private readonly roles: string,
    private readonly plan: NodePlan,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.plan.port}`;
  }

  get alive(): boolean {
    return this.child?.alive() ?? false;
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    const env = { ...environmentOf(this.dir, this.plan), TRADEPROOF_ROLES: this.roles, NODE_OPTIONS: '' };
    const log = this.dir.path(`${this.name}.log`);
    this.child = spawnChild(process.execPath, ['--enable-source-maps', ENTRY], {
      log,
      env,
      ipc: true,
      graceMs: 30_000,
    });
    await nodeReady(this.plan, this.child).catch((error: Error) => {
      throw new Error(`${this.name}: ${error.message}; its log ends:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
    });
  }

  /** As a supervisor stops it: what is under way is finished. */
  async stop(): Promise<void> {
    await this.child?.stop();
  }

  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.child?.exited;
  }

  /** Value of a measure without labels of its own. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    return Number(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
  }
}
