import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DESK_ROLES, type DeskRole } from '../../node/src/auth/index.js';
import type { Settings } from '../../node/src/config/index.js';
import type { MemberPlan } from '../../scripts/consortium/members.js';
import { type Answer, MemberClient } from '../../scripts/demo/client.js';
import type { Anvil } from '../../scripts/embedded/anvil.js';
import { type HeldPort, holdPort } from '../../scripts/embedded/ports.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { startAnvil } from './anvil.js';
import { testApi, type TestApi } from './api.js';
import { deployTo, type TestConsortium } from './deployment.js';

/** A member's node in this process, listening, over its own database. */
export interface TestNode {
  readonly name: string;
  /** Member number on chain. */
  readonly number: number;
  readonly app: NestFastifyApplication;
  /** With a key of all roles. */
  readonly client: MemberClient;
  readonly databaseUrl: string;
  /** What was logged so far, one JSON text a line. */
  readonly logs: readonly string[];
  /** A client with a key of these roles alone. */
  clientWith(...roles: DeskRole[]): Promise<MemberClient>;
}

export interface TestNodes {
  readonly anvil: Anvil;
  readonly consortium: TestConsortium;
  /** That all nodes follow. */
  readonly deploymentFile: string;
  /** Throws for a member whose node was not started. */
  of(name: string): TestNode;
  /** Moves the chain's clock on and mines a block. */
  passTime(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Nodes of these members with all rooms, on one fresh chain; they reach each other. `rooms` are used instead of all;
 * `more` are members beside those of the embedded consortium.
 */
export async function startNodes(
  names: readonly string[],
  { rooms, settings, more }: { rooms?: Type[]; settings?: Partial<Settings>; more?: readonly MemberPlan[] } = {},
): Promise<TestNodes> {
  const anvil = await startAnvil();
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-nodes-'));
  const nodes = new Map<string, StartedNode>();
  const stop = async () => {
    await Promise.all([...nodes.values()].map(({ api }) => api.stop()));
    await anvil.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const consortium = await startAll(names, { anvil, dir, settings, rooms, more }, nodes);
    return {
      anvil,
      consortium,
      deploymentFile: join(dir, DEPLOYMENT_FILE),
      of(name) {
        const node = nodes.get(name);
        if (!node) throw new Error(`no node of ${name} was started`);
        return node;
      },
      async passTime(seconds) {
        await rpc(anvil.url, 'evm_increaseTime', [seconds]);
        await rpc(anvil.url, 'evm_mine', []);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const DEPLOYMENT_FILE = 'deployment.json';
/** The chain of these nodes mines when something is sent: how old its last block is says how busy the machine is. */
const PATIENT_SECONDS = 100_000;

type StartedNode = TestNode & { readonly api: TestApi };

interface Start {
  readonly anvil: Anvil;
  readonly dir: string;
  readonly rooms?: Type[];
  readonly settings?: Partial<Settings>;
  readonly more?: readonly MemberPlan[];
}

async function startAll(
  names: readonly string[],
  { anvil, dir, settings, rooms, more }: Start,
  nodes: Map<string, StartedNode>,
): Promise<TestConsortium> {
  const places = new Map<string, HeldPort>();
  try {
    for (const name of names) places.set(name, await holdPort());
    const endpoints = Object.fromEntries([...places].map(([name, { port }]) => [name, `http://127.0.0.1:${port}`]));
    const consortium = await deployTo(anvil.url, endpoints, more);
    const chosen = rooms ?? Object.values<Type>(await import('../../node/src/rooms.js'));
    for (const [name, place] of places) {
      const own = { name, dir, place, rooms: chosen, url: endpoints[name]!, anvil, consortium };
      nodes.set(name, await startNode(own, settings));
    }
    return consortium;
  } finally {
    await Promise.all([...places.values()].map((place) => place.release()));
  }
}

interface Own {
  readonly name: string;
  readonly dir: string;
  readonly place: HeldPort;
  readonly url: string;
  readonly rooms: Type[];
  readonly anvil: Anvil;
  readonly consortium: TestConsortium;
}

async function startNode(
  { name, dir, place, url, rooms, anvil, consortium }: Own,
  settings: Partial<Settings> = {},
): Promise<StartedNode> {
  const member = consortium.members.find((each) => each.name === name);
  if (!member) throw new Error(`no member is called ${name}`);
  const [deployment, keysFile] = [join(dir, DEPLOYMENT_FILE), join(dir, `${name}.json`)];
  writeFileSync(deployment, JSON.stringify(consortium.deployment));
  writeFileSync(keysFile, JSON.stringify(member.keys), { mode: 0o600 });
  const chain = { rpcUrls: [anvil.url], chainId: anvil.chainId, deployment, keysFile };
  const embedded = { member: name, embedded: true, parties: 'learn', maxBlockAgeSeconds: PATIENT_SECONDS } as const;
  const api = await testApi(rooms, { ...embedded, ...chain, ...settings });
  await place.release();
  await api.app.listen(place.port, '127.0.0.1');
  const { role } = member;
  const clientWith = async (...roles: DeskRole[]) => {
    const apiKey = (await api.bearer(...roles)).replace('Bearer ', '');
    return new MemberClient({ name, role, url, apiKey, account: '' } as MemberClient['member']);
  };
  const client = await clientWith(...DESK_ROLES);
  return { name, number: member.number, ...api, client, clientWith, api };
}

/** A refusal in short: status and code. */
export const refusalOf = ({ status, body }: Answer): [number, unknown] => [status, body['code']];
