import { setTimeout } from 'node:timers/promises';
import { MOST_IN_BATCH } from '../../node/src/orders/domain/batch-tree.js';
import { Emitter } from './emitter.js';
import { load, type Load } from './load.js';
import { BenchNodes } from './nodes.js';
import { inParallel, order } from './orders.js';
import { cpuSeconds, residentMegabytes } from './process.js';
import type { Measurement, Result } from './result.js';
import { Volume } from './volume.js';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const ROUNDS = 3;
const SECONDS = 4;
/** Few: what one caller waits for is asked, not how much of it fits on this machine. */
const CONNECTIONS = 4;
/** Orders with documents; and orders of batches, drawn anew at each size, that are verified beside them. */
const SAMPLE = 200;
const A_BLOCK = 500;
const PAGE = 50;

/** What the node takes with so many orders in it. */
interface Sight {
  readonly orders: number;
  readonly lists: Load;
  readonly verdicts: Load;
  readonly megabytes: number;
  /** Of the node's process, for each order that came since the size before. */
  readonly microseconds: number;
}

/**
 * How a node's lists, verdicts and memory change from a thousand orders to a million: half of them posted over REST in
 * batches and answered, half indexed as chain objects, the first of these with documents.
 */
export const growth: Measurement = {
  names: ['growth.list', 'growth.verify', 'growth.rss', 'growth.index'],
  async run(say) {
    say('starting two nodes ...');
    const nodes = await BenchNodes.start(['core', 'supplier-1']);
    try {
      const book = await Book.open(nodes);
      const sights: Sight[] = [];
      for (const size of SIZES) {
        say(`${size} orders ...`);
        const microseconds = await book.growTo(size);
        // What is compiled at first use is not measured.
        if (sights.length === 0) await book.look(1);
        sights.push({ orders: size, ...(await book.look(ROUNDS)), megabytes: book.megabytes(), microseconds });
      }
      return resultsOf(sights);
    } finally {
      await nodes.stop();
    }
  },
};

class Book {
  private size = SAMPLE;

  private constructor(
    private readonly nodes: BenchNodes,
    private readonly volume: Volume,
    private readonly emitter: Emitter,
    private readonly documented: readonly string[],
  ) {}

  static async open(nodes: BenchNodes): Promise<Book> {
    const core = nodes.member('core');
    const post = () => core.call('POST', '/v1/orders?supplier=supplier-1', { body: order(), wait: 60 });
    const made = await inParallel(Array.from({ length: SAMPLE }), 16, post);
    const ids = made.map(({ body }) => String(body['id']));
    const registry = nodes.consortium.deployment.contracts.OrderRegistry.address;
    return new Book(nodes, new Volume(nodes), new Emitter(nodes.chain, registry), ids);
  }

  /** Microseconds of the node's own processor time that each new order took: posted, sealed, indexed. */
  async growTo(size: number): Promise<number> {
    const more = size - this.size;
    const before = cpuSeconds(this.nodes.pid('core'));
    await this.postInBatches(size / 2 - this.volume.ids.length);
    await this.emitter.emit(size - this.volume.ids.length - SAMPLE - this.emitter.emitted, A_BLOCK);
    await this.indexed();
    this.size = size;
    return ((cpuSeconds(this.nodes.pid('core')) - before) * 1e6) / more;
  }

  async look(rounds: number): Promise<{ lists: Load; verdicts: Load }> {
    const [lists, verdicts]: Load[][] = [[], []];
    const [pages, orders] = [await this.pages(), this.someOrders()];
    for (let round = 0; round < rounds; round++) {
      lists!.push(await this.measure(pages));
      verdicts!.push(await this.measure(orders));
    }
    return { lists: middle(lists!), verdicts: middle(verdicts!) };
  }

  megabytes(): number {
    return residentMegabytes(this.nodes.pid('core'));
  }

  private async postInBatches(count: number): Promise<void> {
    const whole = Math.floor(count / MOST_IN_BATCH);
    if (whole > 0) await this.volume.post(whole, MOST_IN_BATCH);
    if (count % MOST_IN_BATCH > 0) await this.volume.post(1, count % MOST_IN_BATCH);
    await this.volume.answerAll();
  }

  /** Until both nodes have every block of it. */
  private async indexed(): Promise<void> {
    const last = await this.emitter.lastBlock();
    for (const name of ['core', 'supplier-1'])
      while ((await this.nodes.member(name).get('/v1/registry/orders?limit=1')).block < last) await setTimeout(50);
  }

  /** Pages of the orders' lists: the newest, by what they are narrowed to, and in the middle of all. */
  private async pages(): Promise<string[]> {
    const { block } = await this.nodes.member('core').get('/v1/registry/orders?limit=1');
    const cursor = Buffer.from(JSON.stringify([Math.floor(block / 2), 0, 0])).toString('base64url');
    return ['/v1/orders', '/v1/registry/orders'].flatMap((list) =>
      ['', '&status=ACCEPTED', '&status=POSTED', `&cursor=${cursor}`].map((more) => `${list}?limit=${PAGE}${more}`),
    );
  }

  private someOrders(): string[] {
    const { ids } = this.volume;
    const batched = Array.from({ length: SAMPLE }, () => ids[Math.floor(Math.random() * ids.length)]!);
    return [...this.documented, ...batched].map((id) => `/v1/orders/${id}/verification`);
  }

  private async measure(paths: readonly string[]): Promise<Load> {
    const { url, apiKey } = this.nodes.member('core').member;
    const headers = { authorization: `Bearer ${apiKey}` };
    const urls = paths.map((path) => url + path);
    const result = await load({ urls, headers, connections: CONNECTIONS, seconds: SECONDS });
    if (result.failures > 0) throw new Error(`${result.failures} calls were not answered with 200`);
    return result;
  }
}

const middle = (loads: readonly Load[]): Load =>
  [...loads].sort((a, b) => a.p99 - b.p99)[Math.floor(loads.length / 2)]!;

function resultsOf(sights: readonly Sight[]): Result[] {
  const sizes = sights.map(({ orders }) => orders.toLocaleString('en')).join(', ');
  const [first, last] = [sights[0]!, sights.at(-1)!];
  const least = `at ${first.orders.toLocaleString('en')} orders`;
  const result = (name: string, unit: string, floor: number | undefined, of: (sight: Sight) => number): Result => ({
    ...{ name, value: of(last), unit, peer: least, peerValue: of(first), ratio: of(first) / of(last), floor },
    note: `${sights.map((sight) => of(sight).toFixed(1)).join(', ')} at ${sizes}`,
  });
  const medians = (of: (sight: Sight) => Load) =>
    `; medians ${sights.map((sight) => of(sight).p50.toFixed(1)).join(', ')}`;
  const how = `; ${CONNECTIONS} connections, authenticated`;
  const lists = result('growth.list', 'ms', 0.5, (sight) => sight.lists.p99);
  const verdicts = result('growth.verify', 'ms', 0.5, (sight) => sight.verdicts.p99);
  return [
    { ...lists, note: lists.note + medians((sight) => sight.lists) + how },
    { ...verdicts, note: verdicts.note + medians((sight) => sight.verdicts) + how },
    result('growth.rss', 'MB', undefined, ({ megabytes }) => megabytes),
    result('growth.index', 'µs/order', undefined, ({ microseconds }) => microseconds),
  ];
}
