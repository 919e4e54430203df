import { fileURLToPath } from 'node:url';
import { type Child, type Spawn, spawnChild } from '../embedded/child.js';
import { CHAIN_ID } from './chain.js';
import type { DataDir } from './data-dir.js';

const ENTRY = fileURLToPath(new URL('../../node/src/bundle/main.js', import.meta.url));
/** All of a consortium's start at once, on a machine that may have more to do. */
const READY_WITHIN_MS = 180_000;

/**
 * How a node runs, in the image too. What is new and soon forgotten gets 16 MB, not 32: a third of a node that rests was that, while with 8 a tenth
 * of indexing went into copying what a batch is made of. The rest may grow by 70 % before it is marked: V8 did so every few blocks, for as long as
 * a block takes (docs/adr/0088).
 */
export const NODE_FLAGS = ['--enable-source-maps', '--max-semi-space-size=16', '--heap-growing-percent=70'];

export interface NodePlan {
  readonly name: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly rpcUrl: string;
  readonly keysFile: string;
  readonly apiKeyFile: string;
  /** Settings beside those that every node of the consortium has. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Settings of one node of the embedded consortium. Nothing secret is among them but paths and the database URL. */
export function environmentOf(dir: DataDir, plan: NodePlan): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('TRADEPROOF_') && !name.startsWith('npm_'),
  );
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    TRADEPROOF_MEMBER: plan.name,
    TRADEPROOF_HOST: '127.0.0.1',
    TRADEPROOF_PORT: String(plan.port),
    TRADEPROOF_PUBLIC_URL: `http://127.0.0.1:${plan.port}`,
    TRADEPROOF_DATABASE_URL: plan.databaseUrl,
    TRADEPROOF_RPC_URLS: plan.rpcUrl,
    TRADEPROOF_CHAIN_ID: String(CHAIN_ID),
    TRADEPROOF_DEPLOYMENT: dir.deployment,
    TRADEPROOF_KEYS_FILE: plan.keysFile,
    TRADEPROOF_BOOTSTRAP_API_KEY_FILE: plan.apiKeyFile,
    TRADEPROOF_PARTIES: 'learn',
    TRADEPROOF_EMBEDDED: 'true',
    TRADEPROOF_ACCEPT_PARTS_FROM: '*',
    TRADEPROOF_LOG_LEVEL: process.env['TRADEPROOF_LOG_LEVEL'] ?? 'info',
    ...plan.settings,
  };
}

export function startNode(dir: DataDir, plan: NodePlan, spawn: Spawn = spawnChild): Child {
  const args = ['--disable-warning=ExperimentalWarning', ...NODE_FLAGS, ENTRY];
  return spawn(process.execPath, args, {
    log: dir.node(plan.name, 'node.log'),
    env: environmentOf(dir, plan),
    ipc: true,
  });
}

/** Waits for /ready to say 200. Throws with the last answer when it does not in time or the process ends. */
export async function nodeReady(plan: Pick<NodePlan, 'name' | 'port'>, child: Child): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  let last = 'no answer';
  while (Date.now() < until) {
    if (!child.alive()) throw new Error(`node ${plan.name} ended while starting`);
    try {
      const response = await fetch(`http://127.0.0.1:${plan.port}/ready`, { signal: AbortSignal.timeout(2_000) });
      if (response.ok) return;
      last = `${response.status} ${(await response.text()).slice(0, 300)}`;
    } catch (error) {
      last = (error as Error).message;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`node ${plan.name} was not ready within ${READY_WITHIN_MS / 1000} s: ${last}`);
}
