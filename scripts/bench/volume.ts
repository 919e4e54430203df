import { randomBytes } from 'node:crypto';
import { BatchTree, MOST_IN_BATCH, PACKED_BYTES } from '../../node/src/orders/domain/batch-tree.js';
import { BenchNodes } from './nodes.js';
import { ONE_BY_ONE, oneByOne } from './one-by-one.js';
import { inParallel } from './orders.js';
import { against, type Measurement, median, type Result, spread } from './result.js';

const ROUNDS = 3;
/** Batches of a round, and how many are on their way at once. */
const BATCHES = 8;
const AT_ONCE = 2;
const MILLION = 1_000_000;
/** Claims a request: as many as the door takes. */
const A_REQUEST = 20_000;
const EXPIRES = 4_000_000_000;
const RECORD_BYTES = PACKED_BYTES - 8;

/** The volume path, from ready commitments to batches that the other member's node has; then a book of a million of them. */
export const volume: Measurement = {
  names: ['posting.volume', 'portfolio.million'],
  async run(say) {
    say('starting two nodes ...');
    const nodes = await BenchNodes.start(['core', 'supplier-1']);
    try {
      const bench = new Volume(nodes);
      await bench.post(1, MOST_IN_BATCH); // what is compiled at first use is not measured
      const [ours, theirs]: number[][] = [[], []];
      for (let round = 1; round <= ROUNDS; round++) {
        say(`round ${round} of ${ROUNDS}`);
        theirs!.push(await oneByOne());
        ours!.push(await bench.post(BATCHES, MOST_IN_BATCH));
      }
      const value = median(ours!);
      const note = `batches of ${MOST_IN_BATCH}, ${AT_ONCE} at once, from 64 bytes an order, fsync on; ${spread(ours!)}`;
      const posting: Result = {
        name: 'posting.volume',
        value,
        unit: 'orders/s',
        ...against(ONE_BY_ONE, value, median(theirs!)),
        floor: 500,
        note,
      };
      say('posting and answering the rest of a million ...');
      while (bench.ids.length < MILLION) await bench.post(BATCHES, MOST_IN_BATCH);
      await bench.answerAll();
      say('verifying a million ...');
      const seconds = await bench.verify(MILLION);
      const how = `requests of ${A_REQUEST}, one after another, of ${bench.ids.length} orders accepted in batches; rows of the index`;
      return [posting, { name: 'portfolio.million', value: seconds, unit: 's', floor: 10, note: how }];
    } finally {
      await nodes.stop();
    }
  },
};

/** Orders of core's to its first supplier, posted in batches. */
export class Volume {
  readonly ids: string[] = [];
  /** Of batches that await their answer. */
  private roots: string[] = [];
  private readonly context;

  constructor(private readonly nodes: BenchNodes) {
    const { members, deployment } = nodes.consortium;
    const number = (name: string) => members.find((member) => member.name === name)!.number;
    const registry = deployment.domains.OrderRegistry!;
    this.context = { registry, buyer: number('core'), supplier: number('supplier-1') };
  }

  /** Orders a second. */
  async post(batches: number, size: number): Promise<number> {
    const bodies = Array.from({ length: batches }, () => randomBytes(size * RECORD_BYTES));
    const started = performance.now();
    const roots = await inParallel(bodies, AT_ONCE, (body) => this.send(body));
    await inParallel(roots, AT_ONCE, (root) => this.arrives(root));
    const seconds = (performance.now() - started) / 1000;
    this.roots.push(...roots);
    for (const body of bodies) for (const id of this.idsOf(body)) this.ids.push(id);
    return (batches * size) / seconds;
  }

  async answerAll(): Promise<void> {
    const supplier = this.nodes.member('supplier-1');
    const roots = this.roots;
    this.roots = [];
    await inParallel(roots, AT_ONCE, async (root) => {
      const body = { accept: 'ALL', readElsewhere: true };
      const { status } = await supplier.call('POST', `/v1/orders/batches/${root}/answer`, { body, wait: 60 });
      if (status !== 201) throw new Error(`the answer to a batch was answered with ${status}`);
    });
    const last = Number((await supplier.get('/v1/orders/batches?limit=1')).block);
    while ((await this.nodes.member('core').get('/v1/orders/batches?limit=1')).block < last) await pause();
  }

  /** Seconds until the answer to the last request. Throws when any claim is not as it must be. */
  async verify(count: number): Promise<number> {
    const { url, apiKey } = this.nodes.member('core').member;
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/x-ndjson' };
    let verified = 0;
    const started = performance.now();
    for (let at = 0; at < count; at += A_REQUEST) {
      const body = this.ids
        .slice(at, Math.min(at + A_REQUEST, count))
        .map((id) => `"${id}"`)
        .join('\n');
      const response = await fetch(`${url}/v1/verifications/portfolio`, { method: 'POST', headers, body });
      const answer = (await response.json()) as { checked: number; findings: unknown[] };
      if (response.status !== 200 || answer.findings.length > 0)
        throw new Error(`answered ${response.status}: ${JSON.stringify(answer).slice(0, 300)}`);
      verified += answer.checked;
    }
    if (verified !== count) throw new Error(`${verified} of ${count} were verified`);
    return (performance.now() - started) / 1000;
  }

  private async send(body: Buffer): Promise<string> {
    const { url, apiKey } = this.nodes.member('core').member;
    const expiry = new Date(EXPIRES * 1000).toISOString();
    const response = await fetch(`${url}/v1/orders/batches?supplier=supplier-1&expiresAt=${expiry}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/octet-stream',
        'idempotency-key': randomBytes(16).toString('hex'),
        prefer: 'wait=60',
      },
      body: new Uint8Array(body),
    });
    const answer = (await response.json()) as { id: string };
    if (response.status !== 201) throw new Error(`refused: ${response.status} ${JSON.stringify(answer)}`);
    return answer.id;
  }

  /** Until the supplier's node has the batch from the chain and its orders from the buyer. */
  private async arrives(root: string): Promise<void> {
    const supplier = this.nodes.member('supplier-1');
    for (const until = Date.now() + 120_000; Date.now() < until; await pause()) {
      const { status } = await supplier.get(`/v1/orders/batches/${root}`);
      if (status === 200) return;
    }
    throw new Error(`batch ${root} was lost`);
  }

  private idsOf(body: Buffer): string[] {
    const size = body.length / RECORD_BYTES;
    const packed = Buffer.alloc(size * PACKED_BYTES);
    for (let i = 0; i < size; i++) {
      body.copy(packed, i * PACKED_BYTES, i * RECORD_BYTES, (i + 1) * RECORD_BYTES);
      packed.writeBigUInt64BE(BigInt(EXPIRES), (i + 1) * PACKED_BYTES - 8);
    }
    const tree = BatchTree.of(this.context, packed);
    return Array.from({ length: size }, (_, i) => tree.idAt(i));
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
