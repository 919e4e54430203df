import { rmSync } from 'node:fs';
import { Wallet } from 'ethers';
import type { Deployment, MemberKeys } from '../../node/src/config/index.js';
import { deploy } from '../deploy/deploy.js';
import type { Anvil } from '../embedded/anvil.js';
import type { Child, Spawn } from '../embedded/child.js';
import { freePorts, isFree } from '../embedded/ports.js';
import { type Postgres, startPostgres } from '../embedded/postgres.js';
import { rpc } from '../embedded/rpc.js';
import { CHAIN_ID, startChain } from './chain.js';
import type { DataDir } from './data-dir.js';
import { moveEndpoints } from './endpoints.js';
import { loadOrMakeApiKey, loadOrMakeKeys, publicKeysOf } from './keys.js';
import { Lock } from './lock.js';
import { MEMBERS, type MemberPlan } from './members.js';
import { type NodePlan, nodeReady, startNode } from './node.js';
import { Service } from './service.js';
import { trustFile } from './trust.js';

export interface ConsortiumFile {
  readonly pid: number;
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly contracts: Record<string, string>;
  readonly members: readonly ConsortiumMember[];
}

export interface ConsortiumMember {
  readonly name: string;
  readonly role: string;
  readonly url: string;
  readonly apiKey: string;
  readonly account: string;
}

interface Seat extends MemberPlan {
  readonly keys: MemberKeys;
  readonly node: NodePlan;
  readonly apiKey: string;
}

/** Seven nodes, one PostgreSQL and one chain on this machine, kept running until `stop`. */
export class Consortium {
  readonly #lock: Lock;
  readonly #services: Service[] = [];

  constructor(
    private readonly dir: DataDir,
    private readonly basePort: number,
    private readonly say: (text: string) => void,
  ) {
    this.#lock = new Lock(dir);
  }

  async start(): Promise<ConsortiumFile> {
    await this.#lock.acquire();
    this.dir.remove(this.dir.consortium);
    const [postgresPort = 0, chainPort = 0, ...nodePorts] = await this.#ports();
    this.say('starting PostgreSQL and the chain ...');
    const [postgres, chain] = await Promise.all([this.#postgres(postgresPort), this.#chain(chainPort)]);
    const seats = await this.#seats(postgres, chain.url, nodePorts);
    const deployment = await this.#deployment(chain, seats);
    this.say('starting seven nodes ...');
    await Promise.all(seats.map((seat) => this.#node(seat)));
    const file = describe(chain.url, deployment, seats);
    this.dir.write(this.dir.trust, await trustFile(chain.url, deployment));
    this.dir.write(this.dir.consortium, file);
    return file;
  }

  /** Nodes first, then the chain (after its state is saved), then the database. */
  async stop(): Promise<void> {
    if (!this.#lock.held) return;
    this.say('stopping: nodes, then the chain, then PostgreSQL ...');
    this.dir.remove(this.dir.consortium);
    const [postgres, chain, ...nodes] = this.#services;
    await Promise.allSettled(nodes.map((node) => node.stop()));
    await Promise.allSettled([chain?.stop()]);
    await Promise.allSettled([postgres?.stop()]);
    await this.#lock.release();
  }

  /** The ports of the last run where they are still free, so that addresses stay as members know them. */
  async #ports(): Promise<number[]> {
    const path = this.dir.path('ports.json');
    const before = this.dir.read<number[]>(path) ?? [];
    const count = 2 + MEMBERS.length;
    const reusable = before.length === count && (await Promise.all(before.map(isFree))).every(Boolean);
    const ports = reusable ? before : await freePorts(this.basePort, count);
    this.dir.write(path, ports);
    return ports;
  }

  async #service<R extends Postgres | Anvil | Child>(
    name: string,
    part: string,
    start: (spawn: Spawn) => Promise<R>,
  ): Promise<R> {
    const service = new Service<R>({ name, start: () => start(this.#lock.spawning(part)), say: this.say });
    this.#services.push(service as unknown as Service);
    return service.start();
  }

  #postgres(port: number): Promise<Postgres> {
    const dir = this.dir.path('postgres');
    return this.#service('PostgreSQL', 'postgres', (spawn) => startPostgres({ dir, port, spawn }));
  }

  #chain(port: number): Promise<Anvil> {
    return this.#service('the chain', 'anvil', (spawn) => startChain(this.dir.path('chain'), port, spawn));
  }

  async #seats(postgres: Postgres, rpcUrl: string, ports: readonly number[]): Promise<Seat[]> {
    return Promise.all(
      MEMBERS.map(async (plan, i) => {
        const database = `tradeproof_${plan.name.replaceAll('-', '_')}`;
        await postgres.createDatabase(database);
        const { path: keysFile, keys } = loadOrMakeKeys(this.dir, plan.name);
        const { path: apiKeyFile, apiKey } = loadOrMakeApiKey(this.dir, plan.name);
        const node = {
          name: plan.name,
          port: ports[i]!,
          databaseUrl: postgres.url(database),
          rpcUrl,
          keysFile,
          apiKeyFile,
        };
        return { ...plan, keys, node, apiKey };
      }),
    );
  }

  /** The deployment of an earlier run when the chain still has it, else a new one with these members at genesis. */
  async #deployment(chain: Anvil, seats: readonly Seat[]): Promise<Deployment> {
    const found = this.dir.read<Deployment>(this.dir.deployment);
    const endpoints = seats.map((seat) => `http://127.0.0.1:${seat.node.port}`);
    if (
      found &&
      (await rpc<string>(chain.url, 'eth_getCode', [found.contracts.MemberRegistry.address, 'latest'])) !== '0x'
    ) {
      await moveEndpoints(
        chain.url,
        found,
        seats.map(({ keys }, i) => ({ keys, number: i + 1, endpoint: endpoints[i]! })),
      );
      return found;
    }
    this.say('deploying the registries and admitting the members ...');
    const deployment = await deploy({
      rpcUrl: chain.url,
      deployer: Wallet.createRandom().privateKey,
      members: seats.map((seat, i) => ({ ...seat, ...publicKeysOf(seat.keys), endpoint: endpoints[i]! })),
      upgradeDelay: 0,
      votingPeriod: 7 * 86_400,
    });
    await chain.save();
    this.dir.write(this.dir.deployment, deployment);
    return deployment;
  }

  async #node(seat: Seat): Promise<void> {
    const child = await this.#service(`node ${seat.name}`, 'main.js', async (spawn) =>
      startNode(this.dir, seat.node, spawn),
    );
    await nodeReady(seat.node, child).catch((error: Error) => {
      throw new Error(`${error.message}\nlog: ${this.dir.node(seat.name, 'node.log')}`);
    });
  }

  /** Forgets everything: the folder is empty afterwards. */
  wipe(): void {
    rmSync(this.dir.root, { recursive: true, force: true });
  }
}

function describe(rpcUrl: string, deployment: Deployment, seats: readonly Seat[]): ConsortiumFile {
  return {
    pid: process.pid,
    rpcUrl,
    chainId: CHAIN_ID,
    contracts: Object.fromEntries(Object.entries(deployment.contracts).map(([name, { address }]) => [name, address])),
    members: seats.map(({ name, role, node, apiKey, keys }) => ({
      name,
      role,
      url: `http://127.0.0.1:${node.port}`,
      apiKey,
      account: new Wallet(keys.operator).address.toLowerCase(),
    })),
  };
}
