import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Child, type Spawn, spawnChild } from '../embedded/child.js';
import { anyPort } from '../embedded/ports.js';
import { rpc } from '../embedded/rpc.js';
import { readCards, type ValidatorCard, validatorCard } from './cards.js';
import { filesEnding, writePublic } from './files.js';
import { staticNodesOf } from './genesis.js';

const STARTS_WITHIN_MS = 120_000;

export interface Validator {
  readonly name: string;
  readonly url: string;
  readonly child: Child;
}

/** Starts Besu for each validator whose key is in the folder, with the file that the containers have: all, or none. */
export async function startValidators(
  besu: string,
  dir: string,
  config: string,
  spawn: Spawn = spawnChild,
): Promise<Validator[]> {
  const cards = readCards(filesEnding(join(dir, 'cards'), '.validator.json'), validatorCard);
  const placed: (ValidatorCard & { rpcPort: number })[] = [];
  for (const card of cards)
    placed.push({ ...card, host: '127.0.0.1', port: await anyPort(), rpcPort: await anyPort() });
  const staticNodes = join(dir, 'run', 'static-nodes.json');
  writePublic(staticNodes, staticNodesOf(placed));
  const validators = placed.map((card) => start(spawn, besu, dir, config, staticNodes, card));
  try {
    await Promise.all(validators.map(sealing));
  } catch (error) {
    await Promise.all(validators.map(({ child }) => child.stop()));
    throw error;
  }
  return validators;
}

type Placed = ValidatorCard & { readonly rpcPort: number };

function start(spawn: Spawn, besu: string, dir: string, config: string, staticNodes: string, card: Placed): Validator {
  const { name, port, rpcPort } = card;
  const data = join(dir, name, 'validator', 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const args = {
    'config-file': resolve(config),
    'genesis-file': resolve(dir, 'chain', 'genesis.json'),
    'static-nodes-file': resolve(staticNodes),
    'node-private-key-file': resolve(dir, name, 'validator', 'key'),
    'data-path': resolve(data),
    'p2p-host': '127.0.0.1',
    'p2p-interface': '127.0.0.1',
    'p2p-port': String(port),
    'rpc-http-host': '127.0.0.1',
    'rpc-http-port': String(rpcPort),
    'rpc-ws-enabled': 'false',
    'metrics-enabled': 'false',
  };
  const log = join(dir, 'run', `besu-${name}.log`);
  const child = spawn(
    besu,
    Object.entries(args).map(([option, value]) => `--${option}=${value}`),
    { log, graceMs: 30_000 },
  );
  return { name, url: `http://127.0.0.1:${rpcPort}`, child };
}

/** Resolves at the first block after genesis: then a quorum is there. */
async function sealing({ name, url, child }: Validator): Promise<void> {
  for (const end = Date.now() + STARTS_WITHIN_MS; Date.now() < end;) {
    if (!child.alive()) break;
    const height = await rpc<string>(url, 'eth_blockNumber').catch(() => '0x0');
    if (Number(height) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`the validator of ${name} seals nothing: see run/besu-${name}.log`);
}

/** Id of the chain that the folder's genesis begins. */
export function chainIdOf(dir: string): number {
  const genesis = JSON.parse(readFileSync(join(dir, 'chain', 'genesis.json'), 'utf8')) as {
    config: { chainId: number };
  };
  return genesis.config.chainId;
}
