import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Story } from '../../node/src/financing/testing/story.js';
import { startNodes, type TestNode, type TestNodes } from '../support/nodes.js';
import { tableOfAccess } from './support/access-table.js';
import { until } from './support/settled.js';
import { type ApiDocument, ask, faultOf, requestsOf } from './support/api-fuzz.js';

const DEEP = process.env['TRADEPROOF_DEEP'] === 'true';
const RUNS = Number(process.env['TRADEPROOF_FUZZ_RUNS'] ?? (DEEP ? 2_000 : 20));
/** The same requests each time, unless all of them are tried anyway. */
const SEED = Number(process.env['TRADEPROOF_FUZZ_SEED'] ?? (DEEP ? Date.now() % 2 ** 31 : 20_261_125));
const ANSWER_WITHIN_MS = 30_000;
/** Answers as long as the client stays: not asked by inject, which waits for the end. */
const STREAM = '/v1/events';

const document = JSON.parse(readFileSync('test/snapshots/openapi.json', 'utf8')) as ApiDocument;
const codes = new Set(
  [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, code]) => code!),
);
const ubl = ['order', 'order-response', 'despatch-advice', 'receipt-advice', 'invoice', 'credit-note'];
const documents = ubl.map((name) => readFileSync(`samples/ubl/${name}.xml`, 'utf8'));
/** Filled when the nodes run, before the first request is made: ids that are there, to get past the first look-up. */
const ids = [`0x${'12'.repeat(32)}`];

let nodes: TestNodes;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a']);
  const story = new Story({ ...nodes, of: nodes.of });
  const receivable = await story.confirmed({ number: 'PO-FUZZED' });
  const financing = await story.requested('bank-a', { receivable });
  const { body } = await story.core.get('/v1/orders?number=PO-FUZZED');
  const [order] = body['items'] as { id: string }[];
  const open = await story.acceptedOrder('PO-OPEN');
  ids.push(receivable, financing, order!.id, open);
});
afterAll(() => nodes?.stop());

/** Where a route leads furthest: at a supplier or a bank when it is for their desks alone, else at the buyer. */
function nodeFor(name: string): TestNode {
  const route = tableOfAccess().find(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}` === name);
  const roles = route?.roles.join();
  return nodes.of(roles === 'LENDER_DESK' ? 'bank-a' : roles === 'SUPPLIER_DESK' ? 'supplier-1' : 'core');
}

const operations = requestsOf(document, { ids, documents })
  .filter(([name]) => name !== `GET ${STREAM}`)
  // Rules of the member's own can hold every command back.
  .sort(([a], [b]) => Number(a.startsWith('POST /v1/policies')) - Number(b.startsWith('POST /v1/policies')));

it.each(operations)(
  'answers whatever is sent to %s',
  async (name, requests) => {
    const { app, client } = nodeFor(name);
    const bearer = `Bearer ${client.member.apiKey}`;
    const property = fc.asyncProperty(requests, async (request) => {
      const fault = faultOf(await ask(app, request, bearer, ANSWER_WITHIN_MS), codes);
      if (fault) throw new Error(fault);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: !DEEP });
  },
  DEEP ? 3_600_000 : 600_000,
);

it('leaves nodes that are well, and logs without credentials or alarms', async () => {
  for (const name of ['core', 'supplier-1', 'bank-a']) {
    const { app, client, logs } = nodes.of(name);
    const ready = async () => (await app.inject({ method: 'GET', url: '/ready' })).statusCode;
    await until(async () => expect(await ready()).toBe(200));
    const lines = logs.map((line) => JSON.parse(line) as { level: string; context?: string });
    // Of requests, that is: what jobs say on a busy machine is not theirs.
    const alarms = lines.filter(({ level, context }) => level === 'error' && context === 'ProblemFilter');
    expect([...alarms, ...lines.filter(({ level }) => level === 'fatal')]).toEqual([]);
    expect(logs.join('')).not.toContain(client.member.apiKey.slice(20));
  }
});
