import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDir } from '../../scripts/consortium/data-dir.js';
import { loadOrMakeApiKey } from '../../scripts/consortium/keys.js';
import { MemberClient } from '../../scripts/demo/client.js';
import { type Anvil, startAnvilProcess } from '../../scripts/embedded/anvil.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { deployTo, type TestConsortium } from '../support/deployment.js';
import { type HeldPort, holdPort } from '../support/ports.js';
import { Database } from './database.js';
import { FaultyDoor } from './faulty-door.js';
import { FaultyRpc } from './faulty-rpc.js';
import { NodeProcess } from './node-process.js';
import { type Member, MEMBERS, type ProcessName, PROCESSES } from './schedule.js';

/** Blocks before the load begins, so that a deep reorg does not reach the deployment. */
const DEEPEST_REORG = 32;

/** Member whose node a process is. */
export const memberOf = (name: ProcessName): Member => (name === 'core-2' ? 'core' : name);

/** A consortium of real processes, with a way to break each part of it. */
export class World {
  readonly processes = new Map<ProcessName, NodeProcess>();
  readonly endpoints = new Map<ProcessName, readonly [FaultyRpc, FaultyRpc]>();
  readonly doors = new Map<Member, FaultyDoor>();
  readonly clients = new Map<ProcessName, MemberClient>();
  /** Whether no block is made. */
  stalled = false;
  #consortium: TestConsortium | undefined;

  private constructor(
    readonly dir: string,
    readonly anvil: Anvil,
    readonly database: Database,
  ) {}

  /** Resolves when all nodes are ready. `chance` decides on what endpoints do by chance. Leaves nothing running when it fails. */
  static async start(chance: () => number): Promise<World> {
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-chaos-'));
    const anvil = await startAnvilProcess({ dir: join(dir, 'chain'), blockTime: 1 });
    const database = await Database.start(dir).catch(async (error: unknown) => {
      await anvil.stop();
      throw error;
    });
    const world = new World(dir, anvil, database);
    try {
      await world.#fill(chance);
    } catch (error) {
      await world.stop({ keep: true });
      throw error;
    }
    return world;
  }

  async #fill(chance: () => number): Promise<void> {
    const data = new DataDir(this.dir);
    const places = new Map<ProcessName, HeldPort>();
    for (const name of PROCESSES) places.set(name, await holdPort());
    const portOf = (name: ProcessName) => places.get(name)!.port;
    for (const name of MEMBERS) this.doors.set(name, await FaultyDoor.start(`http://127.0.0.1:${portOf(name)}`));
    const urls = Object.fromEntries([...this.doors].map(([name, door]) => [name, door.url]));
    this.#consortium = await deployTo(this.anvil.url, urls);
    data.write(data.deployment, this.consortium.deployment);
    await rpc(this.anvil.url, 'anvil_mine', [`0x${DEEPEST_REORG.toString(16)}`]);
    for (const name of PROCESSES) await this.#prepare(data, name, portOf(name), chance);
    await Promise.all([...places.values()].map((place) => place.release()));
    this.processes.forEach((process) => process.start());
    await Promise.all(PROCESSES.map((name) => this.ready(name)));
  }

  get consortium(): TestConsortium {
    return this.#consortium!;
  }

  async #prepare(data: DataDir, name: ProcessName, port: number, chance: () => number): Promise<void> {
    const member = memberOf(name);
    if (name === member) await this.database.create(member);
    const pair = [
      await FaultyRpc.start(this.anvil.url, chance),
      await FaultyRpc.start(this.anvil.url, chance),
    ] as const;
    const { keys } = this.consortium.members.find((each) => each.name === member)!;
    const keysFile = data.node(member, 'keys.json');
    data.write(keysFile, keys);
    data.write(data.node(name, 'name'), name); // its log lies beside
    const { path: apiKeyFile, apiKey } = loadOrMakeApiKey(data, member);
    const rpcUrl = pair.map(({ url }) => url).join(',');
    const plan = { name, port, databaseUrl: this.database.url(member), rpcUrl, keysFile, apiKeyFile };
    const process = new NodeProcess(data, plan, member);
    this.endpoints.set(name, pair);
    this.processes.set(name, process);
    this.clients.set(name, new MemberClient({ name, url: process.url, apiKey }));
  }

  /** Resolves when the process says that all of it works. Throws when it does not within three minutes. */
  async ready(name: ProcessName): Promise<void> {
    const url = `${this.processes.get(name)!.url}/ready`;
    for (const end = Date.now() + 180_000; ;) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      if (answer?.ok) return;
      if (Date.now() > end) throw new Error(`${name} is not ready: see ${this.dir}/nodes/${name}/node.log`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Where the chain and each node stand, for whoever looks into a failure. */
  async describe(): Promise<string> {
    const head = await rpc<string>(this.anvil.url, 'eth_blockNumber').catch((error: Error) => error.message);
    const lines = [...this.endpoints].map(([name, pair]) => `${name}: ${pair.map((each) => each.mood).join(', ')}`);
    const pool = await rpc<object>(this.anvil.url, 'txpool_content').catch((error: Error) => error.message);
    const waiting = await Promise.all(MEMBERS.map((member) => this.#waiting(member)));
    return [`the chain is at ${Number(head)}`, ...lines, ...waiting, `pool: ${JSON.stringify(pool)}`].join('\n');
  }

  /** A member's lanes that have something open, beside what the chain counts. */
  async #waiting(member: Member): Promise<string> {
    const rows = await this.database
      .query<{ account: string; first: string }>(
        member,
        `SELECT '0x' || encode(account, 'hex') AS account, min(nonce) AS first FROM submissions
         WHERE status IN ('QUEUED', 'SENT') GROUP BY account`,
      )
      .catch(() => []);
    const counts = rows.map(({ account }) =>
      rpc<string>(this.anvil.url, 'eth_getTransactionCount', [account, 'latest']),
    );
    const told = await Promise.all(counts.map((count) => count.catch(() => 'unknown')));
    return `${member}: ${rows.map(({ account, first }, i) => `${account} waits from ${first}, the chain counts ${Number(told[i])}`).join('; ')}`;
  }

  /** Processes killed so far. */
  get kills(): number {
    return [...this.processes.values()].reduce((sum, { kills }) => sum + kills, this.database.kills);
  }

  async stop({ keep = false } = {}): Promise<void> {
    await Promise.all([...this.processes.values()].map((process) => process.stop()));
    for (const endpoint of [...this.endpoints.values()].flat()) endpoint.close();
    for (const door of this.doors.values()) door.close();
    await this.anvil.stop();
    await this.database.stop();
    if (!keep) rmSync(this.dir, { recursive: true, force: true });
  }
}
