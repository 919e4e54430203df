import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hex } from '../../node/src/kernel/hex.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { FalseFork, type ShownBlock } from './false-fork.js';

interface Asked {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

interface Told {
  readonly id: number;
  result?: unknown;
  error?: { code: number; message: string };
}

/** Answers to reading a transaction that was handed over: its hash. */
const HASH_OF_NOTHING = `0x${'ab'.repeat(32)}`;
const SLOW_MS = 400;

/** An endpoint of the chain that does what endpoints do: fails, is slow, lags, limits, forgets, lies. */
export class FaultyRpc {
  /** Share of requests that fail, beside what is told. */
  errors = 0;
  slow = false;
  down = false;
  limited = false;
  /** Takes transactions and passes none on. */
  forgetful = false;
  falseReceipts = false;
  /** Blocks that it lags behind the chain. */
  behind = 0;
  /** Several machines behind one address: each request finds one that lags, or one that does not. */
  torn = false;
  #fork: FalseFork | null = null;
  readonly #server: Server;

  private constructor(
    private readonly target: string,
    private readonly chance: () => number,
  ) {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => request.socket.destroy());
    });
  }

  /** `chance` gives numbers from 0 to 1. */
  static async start(target: string, chance: () => number): Promise<FaultyRpc> {
    const endpoint = new FaultyRpc(target, chance);
    await new Promise<void>((resolve) => endpoint.#server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on shows a chain whose last `depth` blocks, and all to come, are other ones. */
  async fork(depth: number): Promise<void> {
    const head = Number(await rpc<string>(this.target, 'eth_blockNumber'));
    this.#fork = new FalseFork(head - depth + 1, (number) => this.#real(number));
  }

  /** What is wrong with it now, in words. */
  get mood(): string {
    const { errors, slow, down, limited, forgetful, falseReceipts, behind } = this;
    const wrong = { errors, slow, down, limited, forgetful, falseReceipts, behind, fork: this.#fork !== null };
    const words = Object.entries(wrong).flatMap(([name, is]) => (is ? [`${name} ${is}`] : []));
    return words.join(' and ') || 'well';
  }

  unfork(): void {
    this.#fork = null;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #real(number: number): Promise<ShownBlock | null> {
    return rpc(this.target, 'eth_getBlockByNumber', [`0x${number.toString(16)}`, false]);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (this.down) return void request.socket.destroy();
    if (this.slow) await new Promise((resolve) => setTimeout(resolve, SLOW_MS * (0.5 + this.chance())));
    if (this.limited) return void response.writeHead(429, { 'retry-after': '1' }).end('too many requests');
    if (this.chance() < this.errors) return void response.writeHead(500).end('no');
    const asked = [JSON.parse(body) as Asked | Asked[]].flat();
    const told = await this.#answers(asked);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body.startsWith('[') ? told : told[0]));
  }

  async #answers(asked: readonly Asked[]): Promise<Told[]> {
    const lost = (one: Asked) => this.forgetful && one.method === 'eth_sendRawTransaction';
    const lags = this.behind > 0 && !(this.torn && this.chance() < 0.5);
    const head = lags ? await this.#laggingHead() : null;
    const fork = this.#fork;
    const seen = (one: Asked) => {
      if (head !== null) return seenFrom(head, one);
      return fork && one.method !== 'eth_getBlockByNumber' ? seenFrom(fork.shared, one) : one;
    };
    const passed = asked.filter((one) => !lost(one)).map(seen);
    const answers: Told[] = asked.filter(lost).map(({ id }) => ({ id, result: HASH_OF_NOTHING }));
    if (passed.length > 0) {
      const headers = { 'content-type': 'application/json' };
      const real = await fetch(this.target, { method: 'POST', headers, body: JSON.stringify(passed) });
      answers.push(...((await real.json()) as Told[]));
    }
    for (const answer of answers) {
      const { method, params } = passed.find(({ id }) => id === answer.id) ?? { method: '', params: [] };
      if (head !== null && numberIn(answer.result) > head) answer.result = null;
      if (fork) await onFork(fork, method, params, answer);
      if (this.falseReceipts && method === 'eth_getTransactionReceipt' && answer.result)
        answer.result = { ...(answer.result as object), status: '0x0' };
    }
    return answers;
  }

  async #laggingHead(): Promise<number> {
    return Math.max(0, Number(await rpc<string>(this.target, 'eth_blockNumber')) - this.behind);
  }
}

/** The request as one whose chain ends at `head` takes it. */
function seenFrom(head: number, { id, method, params }: Asked): Asked {
  const tag = `0x${head.toString(16)}`;
  const seen = params.map((param) => (param === 'latest' ? tag : param));
  if ((method === 'eth_call' || method === 'eth_estimateGas') && seen.length < 2) seen.push(tag);
  return { jsonrpc: '2.0', id, method, params: seen } as Asked;
}

function numberIn(result: unknown): number {
  const { number, blockNumber } = (result ?? {}) as { number?: string; blockNumber?: string };
  return Number(blockNumber ?? number ?? -1);
}

/** Changes an answer of the chain to what the fork's would be. */
async function onFork(fork: FalseFork, method: string, params: readonly unknown[], answer: Told): Promise<void> {
  const { result } = answer;
  const number = numberIn(result);
  if (method === 'eth_getBlockByNumber' && fork.covers(number)) answer.result = await fork.block(number);
  else if (method === 'eth_getTransactionReceipt' && fork.covers(number)) answer.result = null;
  else if (method === 'eth_getBlockReceipts' && fork.covers(Number(params[0] as Hex))) answer.result = [];
  else if (method === 'eth_getLogs')
    answer.result = (result as { blockNumber: Hex }[]).filter(({ blockNumber }) => !fork.covers(Number(blockNumber)));
}
