import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writeWhole } from '../lib/write-whole.js';
import { freeStuck } from './anvil-pool.js';
import { type Spawn, spawnChild } from './child.js';
import { anyPort } from './ports.js';
import { rpc } from './rpc.js';

export interface Anvil {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly chainId: number;
  readonly exited: Promise<unknown>;
  /** Writes the whole state to `dir/state.json`, atomically. Returns the block that it holds. */
  save(): Promise<number>;
  stop(): Promise<void>;
  /** As a crash would: blocks since the last `save` are lost. */
  kill(): Promise<void>;
}

export interface AnvilOptions {
  readonly dir: string;
  readonly port?: number;
  readonly chainId?: number;
  /** Seconds between blocks beside those mined on demand; 0 mines on demand alone. */
  readonly blockTime?: number;
  readonly spawn?: Spawn;
}

/** The binary itself: npm's wrapper leaves the chain behind when it is killed. */
function binary(): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const platform = process.platform === 'win32' ? 'win32' : process.platform;
  const name = `@foundry-rs/anvil-${platform}-${arch}`;
  const require = createRequire(import.meta.url);
  try {
    return require.resolve(`${name}/bin/anvil${platform === 'win32' ? '.exe' : ''}`);
  } catch {
    throw new Error(`no anvil for this platform: the package ${name} is not installed`);
  }
}

const READY_WITHIN_MS = 120_000;

/** Starts anvil with free gas, mining at once and, when asked, every `blockTime` seconds as well; on a free port unless one is given. */
export async function startAnvilProcess(options: AnvilOptions): Promise<Anvil> {
  mkdirSync(options.dir, { recursive: true });
  for (let tries = 0; ; tries++) {
    try {
      return await startOn(options.port ?? (await anyPort()), options);
    } catch (error) {
      // A port that was free a moment ago may be somebody else's now.
      if (options.port !== undefined || tries >= 3) throw error;
    }
  }
}

async function startOn(port: number, options: AnvilOptions): Promise<Anvil> {
  const chainId = options.chainId ?? 31_337;
  const state = join(options.dir, 'state.json');
  const log = join(options.dir, 'anvil.log');
  const free = ['--hardfork', 'cancun', '--base-fee', '0', '--gas-price', '0', '--gas-limit', '100000000'];
  const mining = options.blockTime ? ['--block-time', String(options.blockTime), '--mixed-mining'] : [];
  const limits = ['--prune-history', '64', '--cache-path', join(options.dir, 'cache'), '--accounts', '1'];
  const load = existsSync(state) ? ['--load-state', state] : [];
  const args = [
    '--port',
    String(port),
    '--chain-id',
    String(chainId),
    '--silent',
    ...free,
    ...mining,
    ...limits,
    ...load,
  ];
  const { spawn = spawnChild } = options;
  const child = spawn(binary(), args, { log });
  const url = `http://127.0.0.1:${port}`;

  for (const end = Date.now() + READY_WITHIN_MS; ;) {
    if (!child.alive()) throw new Error(`anvil did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    try {
      await rpc(url, 'eth_blockNumber');
      break;
    } catch {
      if (Date.now() > end) {
        child.kill('SIGKILL');
        await child.exited;
        throw new Error(`anvil was not ready within ${READY_WITHIN_MS / 1000} s: see ${log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  void child.exited.then(freeStuck(url));
  return {
    url,
    port,
    pid: child.pid,
    chainId,
    exited: child.exited,
    async save() {
      const dump = await rpc<string>(url, 'anvil_dumpState');
      const json = gunzipSync(Buffer.from(dump.slice(2), 'hex'));
      writeWhole(state, json, 0o600);
      return Number((JSON.parse(json.toString('utf8')) as { best_block_number?: number }).best_block_number ?? 0);
    },
    stop: () => child.stop(),
    async kill() {
      child.kill('SIGKILL');
      await child.exited;
    },
  };
}
