import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DataDir } from '../consortium/data-dir.js';
import { Lock } from '../consortium/lock.js';
import { NODE_FLAGS, nodeReady } from '../consortium/node.js';
import { deployFounding } from '../deploy/deploy-founding.js';
import { anyPort } from '../embedded/ports.js';
import { type Postgres, startPostgres } from '../embedded/postgres.js';
import { type MemberCard, memberCard, readCards } from './cards.js';
import { composeSettings } from './compose-settings.js';
import { filesEnding } from './files.js';
import { forgetRunning, noteRunning } from './running.js';
import { chainIdOf, startValidators } from './validators.js';

const NODE = fileURLToPath(new URL('../../node/src/bundle/main.js', import.meta.url));
const NO_WAIT = 0;

export interface ProcessOptions {
  /** Folder of a founding, made with `rehearsal --local`. */
  readonly dir: string;
  readonly composeFile: string;
  readonly besuConfig: string;
  /** Besu's command; without it `rpcUrl` names a chain with the genesis' id. */
  readonly besu?: string | undefined;
  readonly rpcUrl?: string | undefined;
  /** redis-server's command; without it jobs run on PostgreSQL. */
  readonly redis?: string | undefined;
  /** Members whose nodes are started; all by default. */
  readonly only: readonly string[];
  /** The node's compiled entry. */
  readonly entry?: string;
}

/** The production shape as plain processes: what docker-compose.yml says, each part from a binary of this machine. */
export class Processes {
  private readonly lock: Lock;
  private readonly stops: (() => Promise<unknown>)[] = [];

  constructor(
    private readonly options: ProcessOptions,
    private readonly say: (text: string) => void,
  ) {
    this.lock = new Lock(new DataDir(join(options.dir, 'run')));
  }

  /** URL of each node, by member. */
  async start(): Promise<Record<string, string>> {
    const chosen = this.chosen();
    await this.lock.acquire();
    const rpcUrls = await this.chain();
    await this.deployment(rpcUrls[0]!);
    await Promise.all(chosen.map((card) => this.member(card, rpcUrls)));
    const nodes = Object.fromEntries(chosen.map(({ name, endpoint }) => [name, endpoint]));
    noteRunning(this.options.dir, { pid: process.pid, rpcUrls, nodes });
    return nodes;
  }

  /** Nodes first, the chain last; then what had not started yet. */
  async stop(): Promise<void> {
    if (!this.lock.held) return;
    forgetRunning(this.options.dir);
    for (const stop of this.stops.reverse()) await stop().catch(() => undefined);
    await this.lock.release();
  }

  private chosen(): MemberCard[] {
    const { dir, only } = this.options;
    const cards = readCards(filesEnding(join(dir, 'cards'), '.member.json'), memberCard);
    const names = cards.map(({ name }) => name);
    const strange = only.find((name) => !names.includes(name));
    if (strange !== undefined)
      throw new Error(`there is no card of '${strange}' in ${dir}: members are ${names.join(', ') || 'none'}`);
    return cards.filter(({ name }) => only.length === 0 || only.includes(name));
  }

  private async chain(): Promise<string[]> {
    const { besu, rpcUrl, dir, besuConfig } = this.options;
    if (!besu) {
      if (!rpcUrl) throw new Error('no chain: name Besu (--besu) or the endpoint of a chain that runs (--rpc)');
      return [rpcUrl];
    }
    this.say('starting validators ...');
    const validators = await startValidators(besu, dir, besuConfig, this.lock.spawning('besu'));
    this.stops.push(() => Promise.all(validators.map(({ child }) => child.stop())));
    for (const { name, url, child } of validators)
      this.say(`validator of ${name.padEnd(11)} ${url}  process ${child.pid}`);
    return validators.map(({ url }) => url);
  }

  private async deployment(rpcUrl: string): Promise<void> {
    const { dir } = this.options;
    const out = join(dir, 'deployments');
    if (existsSync(join(out, `${chainIdOf(dir)}.json`))) return;
    // A rehearsal decides at once.
    await deployFounding({ rpcUrl, dir, out, cards: [], upgradeDelay: NO_WAIT, votingPeriod: 7 * 86_400 }, this.say);
  }

  private async member({ name, endpoint }: MemberCard, rpcUrls: readonly string[]): Promise<void> {
    const { dir, composeFile, entry = NODE } = this.options;
    const postgres = await this.postgres(name);
    const queueUrl = await this.redis(name);
    const own = resolve(dir, name);
    const databaseUrl = await this.placed(name, 'database-url', postgres.url('tradeproof'));
    const settings = composeSettings(composeFile, name, {
      rpcUrls,
      secrets: join(own, 'node'),
      deployments: resolve(dir, 'deployments'),
      edge: resolve(dir, 'edge'),
      url: endpoint,
    });
    settings['TRADEPROOF_DATABASE_URL_FILE'] = databaseUrl;
    if (queueUrl) settings['TRADEPROOF_QUEUE_URL_FILE'] = await this.placed(name, 'queue-url', queueUrl);
    else delete settings['TRADEPROOF_QUEUE_URL_FILE'];
    await this.placed(name, 'settings', shellOf(settings));
    const log = join(dir, 'run', `${name}.log`);
    const child = this.lock.spawning('main.js')(process.execPath, [...NODE_FLAGS, entry], {
      log,
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...settings },
      ipc: true,
      graceMs: 30_000,
    });
    this.stops.push(() => child.stop());
    await nodeReady({ name, port: Number(new URL(endpoint).port) }, child).catch((error: Error) => {
      throw new Error(`${error.message}; its log ends:\n${readFileSync(log, 'utf8').slice(-1_000)}`);
    });
  }

  private async postgres(name: string): Promise<Postgres> {
    const dir = join(this.options.dir, name, 'postgres');
    const settings = { shared_buffers: '64MB', max_connections: '100' };
    const postgres = await startPostgres({ dir, settings, spawn: this.lock.spawning('postgres') });
    this.stops.push(() => postgres.stop());
    await postgres.createDatabase('tradeproof');
    return postgres;
  }

  /** URL of the member's own Redis, if there is one to be had. */
  private async redis(name: string): Promise<string | undefined> {
    const { redis, dir } = this.options;
    if (!redis) return undefined;
    const [own, port] = [resolve(dir, name, 'redis'), await anyPort()];
    const args = [join(own, 'redis.conf'), '--bind', '127.0.0.1', '--port', String(port), '--dir', own];
    const child = this.lock.spawning('redis')(redis, args, { log: join(dir, 'run', `redis-${name}.log`) });
    this.stops.push(() => child.stop());
    const url = readFileSync(join(own, '..', 'node', 'queue-url'), 'utf8').trim();
    return url.replace(/@.*$/, `@127.0.0.1:${port}`);
  }

  /** A file of what is so on this machine alone, some of it secret. */
  private async placed(name: string, file: string, text: string): Promise<string> {
    const path = resolve(this.options.dir, 'run', `${basename(name)}-${file}`);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  }
}

/** Settings as a shell reads them: `set -a; . FILE; npx tradeproof doctor`. */
function shellOf(settings: Readonly<Record<string, string>>): string {
  const quoted = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join('');
}
