import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DESK_ROLES, type DeskRole } from '../../node/src/auth/index.js';
import type { MemberKeys, Settings, StoredKeys } from '../../node/src/config/index.js';
import type { MemberPlan } from '../../scripts/consortium/members.js';
import { type Answer, MemberClient } from '../../scripts/demo/client.js';
import type { Anvil } from '../../scripts/embedded/anvil.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { startAnvil } from './anvil.js';
import { testApi } from './api.js';
import { deployTo, type TestConsortium } from './deployment.js';
import { migratedDatabase } from './migrated-database.js';
import { type HeldPort, holdPort } from './ports.js';
import type { TestDatabase } from './postgres.js';

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
  /** Stops a member's node, and starts it anew where it was, over the same database, with these keys. */
  restart(name: string, keys: StoredKeys): Promise<void>;
  /** Moves the chain's clock on and mines a block. */
  passTime(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Nodes of these members with all rooms, on one fresh chain; they reach each other. `rooms` are used instead of all;
 * `more` are members beside those of the embedded consortium; `keysOf` says what else lies in a node's key file.
 */
export async function startNodes(
  names: readonly string[],
  { rooms, settings, more, keysOf }: Omit<Start, 'anvil' | 'dir'> = {},
): Promise<TestNodes> {
  const anvil = await startAnvil();
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-nodes-'));
  const nodes = new Map<string, StartedNode>();
  const stop = async () => {
    await Promise.all([...nodes.values()].map((node) => node.stop()));
    await anvil.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const consortium = await startAll(names, { anvil, dir, settings, rooms, more, keysOf }, nodes);
    const of = (name: string) => {
      const node = nodes.get(name);
      if (!node) throw new Error(`no node of ${name} was started`);
      return node;
    };
    return {
      anvil,
      consortium,
      deploymentFile: join(dir, DEPLOYMENT_FILE),
      of,
      async restart(name, keys) {
        const node = of(name);
        // What does not start again has cleaned up already.
        nodes.delete(name);
        nodes.set(name, await node.restart(keys));
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
/** Of a write and of a read at a block: a minute less than jest gives a test, of which a busy machine may take several. */
const WAIT_SECONDS = 240;

type StartedNode = TestNode & { stop(): Promise<void>; restart(keys: StoredKeys): Promise<StartedNode> };

interface Start {
  readonly anvil: Anvil;
  readonly dir: string;
  readonly rooms?: Type[];
  readonly settings?: Partial<Settings>;
  readonly more?: readonly MemberPlan[];
  readonly keysOf?: (name: string, keys: MemberKeys) => StoredKeys;
}

async function startAll(
  names: readonly string[],
  { anvil, dir, settings, rooms, more, keysOf }: Start,
  nodes: Map<string, StartedNode>,
): Promise<TestConsortium> {
  const places = new Map<string, HeldPort>();
  try {
    for (const name of names) places.set(name, await holdPort());
    const endpoints = Object.fromEntries([...places].map(([name, { port }]) => [name, `http://127.0.0.1:${port}`]));
    const consortium = await deployTo(anvil.url, endpoints, more);
    const chosen = rooms ?? Object.values<Type>(await import('../../node/src/rooms.js'));
    for (const [name, place] of places) {
      const member = consortium.members.find((each) => each.name === name);
      if (!member) throw new Error(`no member is called ${name}`);
      const own = { member, dir, rooms: chosen, url: endpoints[name]!, anvil, consortium, settings };
      const keys = keysOf?.(name, member.keys) ?? member.keys;
      const database = await migratedDatabase();
      nodes.set(name, await startNode(own, place, keys, database));
    }
    return consortium;
  } finally {
    await Promise.all([...places.values()].map((place) => place.release()));
  }
}

interface Own {
  readonly member: TestConsortium['members'][number];
  readonly dir: string;
  readonly url: string;
  readonly rooms: Type[];
  readonly anvil: Anvil;
  readonly consortium: TestConsortium;
  readonly settings: Partial<Settings> | undefined;
}

async function startNode(own: Own, place: HeldPort, keys: StoredKeys, database: TestDatabase): Promise<StartedNode> {
  const { number, name, role } = own.member;
  const api = await openApi(own, keys, database).catch(async (error: unknown) => {
    await database.drop();
    throw error;
  });
  const stop = async () => {
    await api.stop();
    await database.drop();
  };
  try {
    await place.release();
    await api.app.listen(place.port, '127.0.0.1');
  } catch (error) {
    await stop();
    throw error;
  }
  const clientWith = async (...roles: DeskRole[]) => {
    const apiKey = (await api.bearer(...roles)).replace('Bearer ', '');
    return new MemberClient({ name, role, url: own.url, apiKey, account: '' } as MemberClient['member'], WAIT_SECONDS);
  };
  const client = await clientWith(...DESK_ROLES);
  const restart = async (next: StoredKeys) => {
    await api.stop();
    return startNode(own, await holdPort(place.port), next, database);
  };
  return { name, number, ...api, client, clientWith, stop, restart };
}

function openApi(
  { member, dir, url, rooms, anvil, consortium, settings }: Own,
  keys: StoredKeys,
  database: TestDatabase,
) {
  const { name } = member;
  const [deployment, keysFile] = [join(dir, DEPLOYMENT_FILE), join(dir, `${name}.json`)];
  writeFileSync(deployment, JSON.stringify(consortium.deployment));
  writeFileSync(keysFile, JSON.stringify(keys), { mode: 0o600 });
  const chain = { rpcUrls: [anvil.url], chainId: anvil.chainId, deployment, keysFile };
  const embedded = { member: name, embedded: true, parties: 'learn' } as const;
  const patience = { maxBlockAgeSeconds: PATIENT_SECONDS, maxWaitSeconds: 300 };
  return testApi(rooms, { ...embedded, ...patience, ...chain, publicUrl: url, databaseUrl: database.url, ...settings });
}

/** A refusal in short: status and code. */
export const refusalOf = ({ status, body }: Answer): [number, unknown] => [status, body['code']];
