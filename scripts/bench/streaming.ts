import { randomBytes } from 'node:crypto';
import { Contracts } from '../../node/src/chain/contracts.js';
import { LocalAccount } from '../../node/src/chain/local-account.js';
import { type Hex, toBytes, toHex } from '../../node/src/kernel/hex.js';
import { rpc } from '../embedded/rpc.js';
import { BenchNodes } from './nodes.js';
import type { Measurement } from './result.js';

/** So many that one pause of a process is not the whole figure. */
const BLOCKS = 100;
const WARM_UP = 5;
const EVENTS = 500;
const PAUSE_MS = 400;

/** From a block's announcement by the chain to its events at a client of the node's event stream. */
export const streaming: Measurement = {
  names: ['events.p99'],
  async run(say) {
    say('starting a node ...');
    const nodes = await BenchNodes.start(['core']);
    const ending = new AbortController();
    try {
      const mined = await announcements(nodes.chain.url, ending.signal);
      const arrived = await follow(nodes, ending.signal);
      say(`${BLOCKS} blocks of ${EVENTS} events ...`);
      await mineBlocks(nodes);
      const times = delays(mined, arrived);
      if (times.length < BLOCKS * EVENTS) throw new Error(`${times.length} events came of ${BLOCKS * EVENTS}`);
      const at = (share: number) => times[Math.floor((times.length - 1) * share)]!;
      const note = `blocks of ${EVENTS}, header and receipts proven, written down; median ${Math.round(at(0.5))} ms`;
      return [{ name: 'events.p99', value: at(0.99), unit: 'ms', floor: 50, note }];
    } finally {
      ending.abort();
      await nodes.stop();
    }
  },
};

/** When this process heard of each block, by number. */
async function announcements(url: string, ended: AbortSignal): Promise<ReadonlyMap<number, number>> {
  const heard = new Map<number, number>();
  const socket = new WebSocket(url.replace('http', 'ws'));
  ended.addEventListener('abort', () => socket.close(), { once: true });
  socket.addEventListener('message', ({ data }) => {
    const now = performance.now();
    const { params } = JSON.parse(String(data)) as { params?: { result: { number: Hex } } };
    if (params) heard.set(Number(params.result.number), now);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }));
  return heard;
}

interface Arrival {
  readonly block: number;
  readonly at: number;
}

/** When each posted order came over the stream. */
async function follow(nodes: BenchNodes, ended: AbortSignal): Promise<readonly Arrival[]> {
  const { url, apiKey } = nodes.member('core').member;
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${url}/v1/events?types=OrderPosted`, { headers, signal: ended });
  const arrived: Arrival[] = [];
  void read(response, (frame) => {
    const data = /^data: (.*)$/m.exec(frame)?.[1];
    if (!data) return;
    const text = /"block":(\d+)/.exec(data)?.[1];
    if (text) arrived.push({ block: Number(text), at: performance.now() });
  }).catch(() => undefined); // it ends by being aborted
  return arrived;
}

async function read(response: Response, take: (frame: string) => void): Promise<void> {
  let left = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const frames = (left + chunk).split('\n\n');
    left = frames.pop()!;
    frames.forEach(take);
  }
}

async function mineBlocks({ chain, consortium }: BenchNodes): Promise<void> {
  const account = new LocalAccount(toBytes(consortium.members[0]!.keys.operator as Hex));
  const contracts = new Contracts(consortium.deployment);
  const random32 = () => toHex(randomBytes(32));
  const posting = () => ({ supplier: 2, expiry: 4_000_000_000, commitment: random32(), tag: random32() });
  for (let nonce = 0; nonce < WARM_UP + BLOCKS; nonce++) {
    const { to, data } = contracts.encode('OrderRegistry', 'postMany', [Array.from({ length: EVENTS }, posting)]);
    const call = { chainId: chain.chainId, nonce, to, data, gasLimit: 60_000_000 };
    await rpc(chain.url, 'eth_sendRawTransaction', [account.signTransaction(call).raw]);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  await new Promise((resolve) => setTimeout(resolve, 5 * PAUSE_MS));
}

/** Ascending, of the last blocks: what is compiled at first use is not measured. */
function delays(mined: ReadonlyMap<number, number>, arrived: readonly Arrival[]): number[] {
  const measured = [...new Set(arrived.map(({ block }) => block))].slice(-BLOCKS);
  return arrived
    .filter(({ block }) => measured.includes(block))
    .map(({ block, at }) => at - (mined.get(block) ?? unheard(block)))
    .sort((a, b) => a - b);
}

function unheard(block: number): never {
  throw new Error(`block ${block} was not announced`);
}
