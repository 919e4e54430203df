import { randomBytes } from 'node:crypto';
import { BenchNodes } from './nodes.js';
import { inParallel } from './orders.js';
import { type Measurement, median, spread } from './result.js';

const ROUNDS = 3;
/** Items of a round: enough that waiting for the last batch's block is a small part. */
const ITEMS = 400_000;
/** Items a request, as many as the door takes, and requests at once. */
const A_REQUEST = 10_000;
const AT_ONCE = 2;
/** Items whose proofs are held against the chain at the other member's node, after each round. */
const CHECKED = 20;

/** Readings over REST until the last of them is in a batch that the node has indexed; some proven at another member's node. */
export const evidence: Measurement = {
  names: ['evidence.bulk'],
  async run(say) {
    say('starting two nodes ...');
    const nodes = await BenchNodes.start(['core', 'supplier-1']);
    try {
      await record(nodes, A_REQUEST); // what is compiled at first use is not measured
      const rates: number[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        say(`round ${round} of ${ROUNDS}`);
        rates.push(await record(nodes, ITEMS));
      }
      const note = `${ITEMS} items a round, NDJSON, ${AT_ONCE} requests of ${A_REQUEST} at once, fsync on; ${spread(rates)}`;
      return [{ name: 'evidence.bulk', value: median(rates), unit: 'items/s', floor: 20_000, note }];
    } finally {
      await nodes.stop();
    }
  },
};

/** Items a second. Throws when one is lost or is not proven. */
async function record(nodes: BenchNodes, count: number): Promise<number> {
  const run = randomBytes(6).toString('hex');
  const requests = Array.from({ length: count / A_REQUEST }, (_, i) => linesOf(`${run}.${i}`));
  const started = performance.now();
  await inParallel(requests, AT_ONCE, (lines) => send(nodes, lines));
  await inParallel(requests, AT_ONCE, (_, i) => anchored(nodes, `${run}.${i}.${A_REQUEST - 1}`));
  const seconds = (performance.now() - started) / 1000;
  const some = Array.from({ length: CHECKED }, (_, i) => `${run}.${i % requests.length}.${(i * 479) % A_REQUEST}`);
  await inParallel(some, AT_ONCE, (id) => check(nodes, id));
  return count / seconds;
}

function linesOf(prefix: string): string {
  const item = (_: unknown, i: number) =>
    JSON.stringify({
      id: `${prefix}.${i}`,
      kind: 'SENSOR_READING',
      at: '2026-11-25T10:00:00.000Z',
      data: { station: `S-${i % 40}`, celsius: (20 + (i % 100) / 10).toFixed(1), humidity: '41.5', lot: 'L-2211' },
    });
  return Array.from({ length: A_REQUEST }, item).join('\n');
}

async function send(nodes: BenchNodes, body: string): Promise<void> {
  const { url, apiKey } = nodes.member('core').member;
  const headers = {
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/x-ndjson',
    'idempotency-key': randomBytes(16).toString('hex'),
  };
  const response = await fetch(`${url}/v1/evidence`, { method: 'POST', headers, body });
  const answer = (await response.json()) as { added?: number };
  if (answer.added !== A_REQUEST) throw new Error(`refused: ${response.status} ${JSON.stringify(answer)}`);
}

async function anchored(nodes: BenchNodes, id: string): Promise<unknown> {
  for (const until = Date.now() + 120_000; Date.now() < until;) {
    const { body } = await nodes.member('core').get(`/v1/evidence/${id}`);
    if (body['status'] === 'ANCHORED') return body['proof'];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`item ${id} was lost`);
}

async function check(nodes: BenchNodes, id: string): Promise<void> {
  const proof = await anchored(nodes, id);
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    const { body } = await nodes.member('supplier-1').post('/v1/evidence/verifications', proof);
    if (body['valid'] === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`item ${id} is not proven`);
}
