import { randomBytes } from 'node:crypto';
import { commit, commitmentFields, importDocument, newSeed } from '../../node/src/documents/index.js';
import { allDelivered } from './letters.js';
import { load, type Load } from './load.js';
import { BenchNodes } from './nodes.js';
import { ONE_BY_ONE, oneByOne } from './one-by-one.js';
import { type DraftOrder, inParallel, order } from './orders.js';
import { against, type Measurement, median, type Result, spread } from './result.js';

const ROUNDS = 3;
const SMALL = { lines: 1, orders: 3000 };
const LARGE = { lines: 6, orders: 1000 };
/** Orders a request, and requests at once. */
const A_REQUEST = 500;
const AT_ONCE = 2;
/** Reads a second at the posting node, meanwhile, for these seconds. */
const BESIDE = { pace: 50, seconds: 3, connections: 16, orders: 4000 };

/** REST to included, indexed at the other member's node, and delivered to it: documents committed, stored and sealed meanwhile. */
export const posting: Measurement = {
  names: ['posting.rest', 'posting.documents', 'posting.beside'],
  async run(say) {
    say('starting two nodes ...');
    const nodes = await BenchNodes.start(['core', 'supplier-1']);
    try {
      await post(nodes, 2000, SMALL.lines); // what is compiled at first use is not measured
      await post(nodes, 500, LARGE.lines);
      const [ours, theirs, whole, alone]: number[][] = [[], [], [], []];
      const beside: Load[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        say(`round ${round} of ${ROUNDS}`);
        theirs!.push(await oneByOne());
        ours!.push(await post(nodes, SMALL.orders, SMALL.lines));
        alone!.push(committingAlone(LARGE.lines));
        whole!.push(await post(nodes, LARGE.orders, LARGE.lines));
        beside.push(await readsBeside(nodes));
      }
      const how = `median of ${ROUNDS}; two nodes, NDJSON, ${AT_ONCE} requests of ${A_REQUEST} at once, fsync on`;
      const result = (name: string, [peer, value, peerValue, floor]: [string, number[], number[], number]): Result => ({
        name,
        value: median(value),
        unit: 'orders/s',
        ...against(peer, median(value), median(peerValue)),
        floor,
        note: `${how}; ${spread(value)}`,
      });
      return [
        result('posting.rest', [ONE_BY_ONE, ours!, theirs!, 20]),
        result('posting.documents', ['committing alone, one core', whole!, alone!, 0.7]),
        {
          name: 'posting.beside',
          value: median(beside.map(({ p99 }) => p99)),
          unit: 'ms',
          note: `the 99th percentile of ${BESIDE.pace} reads a second of an order at the posting node, while as many documents are posted as it takes; median ${median(beside.map(({ p50 }) => p50)).toFixed(0)} ms`,
        },
      ];
    } finally {
      await nodes.stop();
    }
  },
};

/** Documents a second that one core reads, maps and commits to, and does nothing else with. */
function committingAlone(lines: number): number {
  const bytes = Array.from({ length: 500 }, () => Buffer.from(JSON.stringify(order(lines).document)));
  const tag = `0x${'aa'.repeat(32)}` as const;
  const started = performance.now();
  for (const each of bytes) {
    const document = importDocument(each, 'application/json', { kind: 'ORDER' });
    if (!commit(commitmentFields(document, { version: 1, tag }), newSeed()).root) throw new Error('no root');
  }
  return (bytes.length * 1000) / (performance.now() - started);
}

/** Reads of an order while documents are posted for longer than that. */
async function readsBeside(nodes: BenchNodes): Promise<Load> {
  const { url, apiKey } = nodes.member('core').member;
  const draft = { supplier: 'supplier-1', ...order(LARGE.lines) };
  const [id] = await bulk(nodes, [draft]);
  await indexedAt(nodes.member('supplier-1'), id!);
  let isPosted = false;
  const posted = post(nodes, BESIDE.orders, LARGE.lines, () => (isPosted = true));
  posted.catch(() => undefined); // it is waited for below
  const headers = { authorization: `Bearer ${apiKey}` };
  const reads = await load({ urls: [`${url}/v1/orders/${id}`], headers, ...BESIDE });
  if (isPosted) throw new Error('all was posted before the reads ended: they were not beside it');
  if (reads.failures > 0) throw new Error(`${reads.failures} reads failed`);
  await posted;
  return reads;
}

/** Orders a second until the last document is delivered; `answered` is called once all are taken in. */
async function post(nodes: BenchNodes, count: number, lines: number, answered = () => {}): Promise<number> {
  const supplier = nodes.member('supplier-1');
  const drafts = Array.from({ length: count }, () => ({ supplier: 'supplier-1', ...order(lines) }));
  const requests: DraftOrder[][] = [];
  for (let at = 0; at < count; at += A_REQUEST) requests.push(drafts.slice(at, at + A_REQUEST));
  const started = performance.now();
  const answers = await inParallel(requests, AT_ONCE, (part) => bulk(nodes, part));
  answered();
  for (const ids of answers) await indexedAt(supplier, ids.at(-1)!);
  // In the clock, and so that whoever has the next turn has it alone.
  await allDelivered(nodes, 'core');
  const seconds = (performance.now() - started) / 1000;
  await inParallel(answers.flat(), 16, (id) => indexedAt(supplier, id)); // none lost
  return count / seconds;
}

/** Ids of the orders, in the order given. */
async function bulk(nodes: BenchNodes, drafts: readonly DraftOrder[]): Promise<string[]> {
  const { url, apiKey } = nodes.member('core').member;
  const response = await fetch(`${url}/v1/orders/bulk`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/x-ndjson',
      'idempotency-key': randomBytes(16).toString('hex'),
    },
    body: drafts.map((draft) => JSON.stringify(draft)).join('\n'),
  });
  const body = (await response.json()) as { items?: { id: string }[] };
  if (!body.items) throw new Error(`refused: ${response.status} ${JSON.stringify(body)}`);
  return body.items.map(({ id }) => id);
}

async function indexedAt(member: ReturnType<BenchNodes['member']>, id: string): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    const { status } = await member.get(`/v1/registry/orders/${id}`);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`order ${id} was lost`);
}
