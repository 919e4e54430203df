import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHAIN_ID } from '../consortium/chain.js';
import { DataDir } from '../consortium/data-dir.js';
import { loadOrMakeApiKey } from '../consortium/keys.js';
import { type NodePlan, nodeReady, startNode } from '../consortium/node.js';
import { MemberClient } from '../demo/client.js';
import { type Anvil, startAnvilProcess } from '../embedded/anvil.js';
import type { Child } from '../embedded/child.js';
import { anyPort } from '../embedded/ports.js';
import { type Postgres, startPostgres } from '../embedded/postgres.js';
import { deployTo, type TestConsortium } from '../../test/support/deployment.js';

interface Running {
  readonly plan: NodePlan;
  readonly child: Child;
  readonly client: MemberClient;
}

/**
 * Some members' nodes as production runs them, each a process of its own, over one chain and one PostgreSQL with fsync
 * on. Only those that a measurement needs: other members' nodes run on other machines.
 */
export class BenchNodes {
  private readonly running = new Map<string, Running>();

  private constructor(
    private readonly dir: DataDir,
    readonly chain: Anvil,
    readonly postgres: Postgres,
    readonly consortium: TestConsortium,
  ) {}

  static async start(names: readonly string[]): Promise<BenchNodes> {
    const dir = new DataDir(mkdtempSync(join(tmpdir(), 'tradeproof-bench-')));
    const [chain, postgres] = await Promise.all([
      startAnvilProcess({ dir: dir.path('chain'), chainId: CHAIN_ID, blockTime: 2 }),
      startPostgres({ dir: dir.path('postgres') }),
    ]);
    const ports = await Promise.all(names.map(async (name) => [name, await anyPort()] as const));
    const endpoints = Object.fromEntries(ports.map(([name, port]) => [name, `http://127.0.0.1:${port}`]));
    const consortium = await deployTo(chain.url, endpoints);
    dir.write(dir.deployment, consortium.deployment);
    const nodes = new BenchNodes(dir, chain, postgres, consortium);
    for (const [name, port] of ports) await nodes.add(name, port);
    return nodes;
  }

  member(name: string): MemberClient {
    return this.of(name).client;
  }

  databaseUrl(name: string): string {
    return this.of(name).plan.databaseUrl;
  }

  pid(name: string): number {
    return this.of(name).child.pid;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running.values()].map(({ child }) => child.stop()));
    await Promise.all([this.chain.stop(), this.postgres.stop()]);
    rmSync(this.dir.root, { recursive: true, force: true });
  }

  private async add(name: string, port: number): Promise<void> {
    const member = this.consortium.members.find((each) => each.name === name)!;
    const database = `tradeproof_${name.replaceAll('-', '_')}`;
    await this.postgres.createDatabase(database);
    const { path: apiKeyFile, apiKey } = loadOrMakeApiKey(this.dir, name);
    const plan: NodePlan = {
      name,
      port,
      databaseUrl: this.postgres.url(database),
      rpcUrl: this.chain.url,
      keysFile: this.dir.node(name, 'keys.json'),
      apiKeyFile,
      // Requests are counted as always; one credential asks for more here than the default grants.
      settings: { TRADEPROOF_RATE_LIMIT: '100000000' },
    };
    this.dir.write(plan.keysFile, member.keys);
    const child = startNode(this.dir, plan);
    await nodeReady(plan, child);
    const client = new MemberClient({ name, url: `http://127.0.0.1:${port}`, apiKey });
    this.running.set(name, { plan, child, client });
  }

  private of(name: string): Running {
    const node = this.running.get(name);
    if (!node) throw new Error(`no node of ${name} was started`);
    return node;
  }
}
