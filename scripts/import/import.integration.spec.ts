import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { Json } from '../demo/client.js';
import { newNumber, orderDocument, orderXml } from '../../node/src/orders/testing/documents.js';
import { eventually } from '../../test/support/eventually.js';
import { startNodes, type TestNode, type TestNodes } from '../../test/support/nodes.js';
import type { Summary } from './summary.js';

const MAIN = resolve('dist/scripts/import/main.js');

let nodes: TestNodes;
let core: TestNode;
let dir: string;
let client: pg.Client;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1']);
  core = nodes.of('core');
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-import-'));
  client = new pg.Client({ connectionString: core.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await client?.end();
  await nodes?.stop();
  rmSync(dir, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Starts the command, with the key in its environment. */
function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const { url, apiKey } = core.client.member;
  const child = spawn(process.execPath, [MAIN, '--json', ...args], {
    env: { PATH: process.env['PATH'], TRADEPROOF_URL: url, TRADEPROOF_API_KEY: apiKey, ...env },
  });
  children.add(child);
  let [out, errors] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<Ended>((done) =>
    child.once('close', (code) => {
      children.delete(child);
      done({ code, out, errors });
    }),
  );
  return { child, ended };
}

/** Runs the command to its end. */
async function run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended & { summary?: Summary }> {
  const ended = await start(args, env).ended;
  expect(ended.errors).not.toContain(core.client.member.apiKey);
  return ended.out === '' ? ended : { ...ended, summary: JSON.parse(ended.out) as Summary };
}

/** How many orders the node has taken in under numbers that begin so. */
async function takenIn(prefix: string): Promise<{ orders: number; numbers: number }> {
  const { rows } = await client.query<{ orders: string; numbers: string }>(
    'SELECT count(*) AS orders, count(DISTINCT number_key) AS numbers FROM order_postings WHERE number_key LIKE $1',
    [`${prefix}%`],
  );
  return { orders: Number(rows[0]!.orders), numbers: Number(rows[0]!.numbers) };
}

const file = (name: string, lines: readonly string[]): string => {
  const path = join(dir, name);
  writeFileSync(path, lines.join('\n'));
  return path;
};
const lineOf = (number: string, change: object = {}): string =>
  JSON.stringify({ supplier: 'supplier-1', document: orderDocument({ number }), ...change });
/** Lines of an import's journal. */
const entriesOf = (path: string): number =>
  existsSync(`${path}.import`) ? readFileSync(`${path}.import`, 'utf8').split('\n').length : 0;
const refusedIn = (path: string): unknown[][] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { place: string; code: string })
    .map(({ place, code }) => [place, code]);

type Ill = 'REQUEST' | 'ANSWER' | 'BUSY';

/** Passes requests on to the node, and of the first ones loses what `lost` says: the request, or its answer. */
async function unreliable(lost: readonly Ill[]): Promise<{ server: Server; url: string; ills: Ill[] }> {
  const ills = [...lost];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const ill = ills.shift();
      if (ill === 'REQUEST') return void request.socket.destroy();
      if (ill === 'BUSY') return void response.writeHead(503, { 'retry-after': '0' }).end('{"code":"INDEX_BEHIND"}');
      const { authorization, 'content-type': type, 'idempotency-key': key } = request.headers;
      const headers = { authorization: authorization!, 'content-type': type!, 'idempotency-key': String(key) };
      const body = Buffer.concat(parts);
      void fetch(`${core.client.member.url}${request.url}`, { method: 'POST', headers, body }).then(async (answer) => {
        const text = await answer.text();
        if (ill === 'ANSWER') request.socket.destroy();
        else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ills };
}

describe('importing orders', () => {
  it('posts what can be, and says of each other where it is and why', async () => {
    const path = file('mixed.ndjson', [
      lineOf('MIX.1'),
      lineOf('MIX.2', { supplier: 'nobody' }),
      '{"supplier":"supplier-1","document":{"number":"MIX.3"',
      lineOf('MIX.4', { document: { ...orderDocument({ number: 'MIX.4' }), currency: 'ZZZ' } }),
      lineOf('MIX.1'),
      lineOf('MIX.6'),
    ]);
    const { code, summary } = await run([path]);
    expect([code, summary]).toEqual([1, { posted: 2, there: 1, differing: 0, refused: 3, interrupted: false }]);
    expect(refusedIn(`${path}.refused.ndjson`)).toEqual(
      expect.arrayContaining([
        ['line 2', 'MEMBER_UNKNOWN'],
        ['line 3', 'LINE_MALFORMED'],
        ['line 4', 'CURRENCY_UNKNOWN'],
        ['line 5', 'ORDER_NUMBER_ALREADY_POSTED'],
      ]),
    );
    expect(await takenIn('MIX')).toEqual({ orders: 2, numbers: 2 });
    const again = await run([path]);
    expect([again.code, again.summary]).toEqual([code, summary]);
    rmSync(`${path}.import`);
    const anew = await run([path]);
    expect([anew.code, anew.summary]).toMatchObject([1, { posted: 0, there: 3, refused: 3 }]);
    expect(await takenIn('MIX')).toEqual({ orders: 2, numbers: 2 });
  });

  it('says of what is there already whether it is what the file says, and does not end well when it is not', async () => {
    const [first, second, third] = ['SAME.1', 'SAME.2', 'SAME.3'].map((number) => orderDocument({ number }));
    const lines = (...documents: Json[]) =>
      documents.map((document) => JSON.stringify({ supplier: 'supplier-1', document }));
    const path = file('same.ndjson', lines(first!, second!));
    expect((await run([path])).code).toBe(0);

    const rewritten = { ...first!, amount: '5051.00' };
    const changed = file('changed.ndjson', [...lines(rewritten), ...lines({ ...second! }), ...lines(third!)]);
    const { code, summary } = await run([changed]);
    expect([code, summary]).toEqual([1, { posted: 1, there: 1, differing: 1, refused: 0, interrupted: false }]);
    const rows = readFileSync(`${changed}.refused.ndjson`, 'utf8')
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row) as Json);
    expect(rows.map(({ place, facts }) => [place, (facts as Json)['same']])).toEqual([
      ['line 1', false],
      ['line 2', true],
    ]);
    // What stands is withdrawn: then what the file says is posted, and all of it stands.
    const { order } = rows[0]!['facts'] as { order: string };
    await eventually(
      () => core.client.post(`/v1/orders/${order}/withdrawal`),
      ({ status }) => status === 201,
    );
    const again = await run([changed]);
    expect([again.code, again.summary]).toMatchObject([0, { posted: 2, there: 1, differing: 0, refused: 0 }]);
    expect(await takenIn('SAME')).toEqual({ orders: 4, numbers: 3 });
  });

  it('doubles nothing when it is killed, as often as that may be', async () => {
    const path = file(
      'killed.ndjson',
      Array.from({ length: 120 }, (_, i) => lineOf(`KILL.${i}`)),
    );
    const args = [path, '--chunk', '6', '--in-flight', '2'];
    for (const done of [3, 8]) {
      const { child, ended } = start(args);
      while (entriesOf(path) < done && child.exitCode === null) await new Promise((next) => setTimeout(next, 5));
      child.kill('SIGKILL');
      await ended;
    }
    const { code, summary } = await run(args);
    expect([code, summary]).toMatchObject([0, { posted: 120, there: 0, refused: 0 }]);
    expect(existsSync(`${path}.refused.ndjson`)).toBe(false);
    expect(await takenIn('KILL')).toEqual({ orders: 120, numbers: 120 });
  });

  it('goes on when requests and answers are lost on the way', async () => {
    const path = file(
      'lost.ndjson',
      Array.from({ length: 20 }, (_, i) => lineOf(`LOST.${i}`)),
    );
    const { server, url } = await unreliable(['ANSWER', 'REQUEST', 'BUSY', 'ANSWER', 'ANSWER']);
    try {
      const { code, summary } = await run([path, '--chunk', '5', '--url', url]);
      expect([code, summary]).toMatchObject([0, { posted: 20, there: 0, refused: 0 }]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    expect(await takenIn('LOST')).toEqual({ orders: 20, numbers: 20 });
  });

  it('ends at Ctrl-C with what is under way answered and noted, and goes on from there', async () => {
    const path = file(
      'interrupted.ndjson',
      Array.from({ length: 120 }, (_, i) => lineOf(`HALTED.${i}`)),
    );
    const args = [path, '--chunk', '3'];
    const { child, ended } = start(args);
    while (entriesOf(path) < 4 && child.exitCode === null) await new Promise((next) => setTimeout(next, 5));
    // As a terminal and npm send it: one Ctrl-C, several signals.
    child.kill('SIGINT');
    await new Promise((next) => setTimeout(next, 20));
    child.kill('SIGINT');
    const { code, out, errors } = await ended;
    const { posted, ...rest } = JSON.parse(out) as Summary & { interrupted: boolean };
    expect([code, rest]).toEqual([130, { there: 0, differing: 0, refused: 0, interrupted: true }]);
    expect(errors).toContain('stopping once the requests under way are answered');
    expect(posted).toBeLessThan(120);
    // All that the node took in is noted, and the other way round.
    expect(await takenIn('HALTED')).toEqual({ orders: posted, numbers: posted });
    const again = await run(args);
    expect([again.code, again.summary]).toMatchObject([0, { posted: 120, interrupted: false }]);
    expect(await takenIn('HALTED')).toEqual({ orders: 120, numbers: 120 });
  });

  it('ends at Ctrl-C while the node does not answer, too', async () => {
    const path = file('silent.ndjson', [lineOf('SILENT.1'), lineOf('SILENT.2')]);
    const { server, url, ills } = await unreliable(Array.from({ length: 1000 }, () => 'REQUEST'));
    try {
      const { child, ended } = start([path, '--url', url]);
      while (ills.length === 1000 && child.exitCode === null) await new Promise((next) => setTimeout(next, 5));
      child.kill('SIGINT');
      const { code, errors } = await ended;
      expect([code, errors]).toEqual([130, expect.stringMatching(/does not answer: .*\[INTERRUPTED]/)]);
      ills.length = 0;
      const again = await run([path, '--url', url]);
      expect([again.code, again.summary]).toMatchObject([0, { posted: 2 }]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    expect(await takenIn('SILENT')).toEqual({ orders: 2, numbers: 2 });
  });

  it('says that it is not finished when it breaks, never that all but what was refused is posted', async () => {
    const path = file('broken.ndjson', [lineOf('BROKEN.1')]);
    const { child, ended } = start([path]);
    child.stdout!.destroy(); // nobody takes the summary
    expect(await ended).toMatchObject({ code: 2, errors: expect.stringContaining('EPIPE') });
    const again = await run([path]);
    expect([again.code, again.summary]).toMatchObject([0, { posted: 1 }]);
  });

  it('takes CSV and folders of UBL, in batches too', async () => {
    const { buyer, seller } = orderDocument() as Record<'buyer' | 'seller', Record<'id' | 'scheme' | 'name', string>>;
    const sides = [buyer, seller].flatMap(({ id, scheme, name }) => [id, scheme, name]).join(',');
    const csv = file('orders.csv', [
      `number,issueDate,currency,${['buyer', 'seller'].map((side) => `${side}.id,${side}.scheme,${side}.name`).join()},line.item,line.quantity,line.unit,line.amount`,
      `CSV.1,2026-11-22,EUR,${sides},PAINT,100,LTR,5000.00`,
      `CSV.1,2026-11-22,EUR,${sides},BRUSH,5,C62,50.00`,
      `CSV.2,2026-11-22,EUR,${sides},PAINT,1,LTR,50.00`,
    ]);
    const posted = await run([csv, '--supplier', 'supplier-1', '--batch']);
    expect([posted.code, posted.summary]).toMatchObject([0, { posted: 2 }]);
    expect(await takenIn('CSV')).toEqual({ orders: 2, numbers: 2 });

    const folder = join(dir, 'ubl');
    mkdirSync(folder);
    const number = `UBL.${newNumber()}`;
    const xml = orderXml(number);
    writeFileSync(join(folder, 'a.xml'), xml);
    writeFileSync(join(folder, 'b.xml'), '<Catalogue xmlns="urn:example"/>');
    writeFileSync(join(folder, 'c.xml'), orderXml(`UBL.${newNumber()}`));
    const { code, summary } = await run([folder, '--supplier', 'supplier-1']);
    expect([code, summary, refusedIn(`${folder}.refused.ndjson`)]).toEqual([
      ...[
        1,
        { posted: 2, there: 0, differing: 0, refused: 1, interrupted: false },
        [['b.xml', 'DOCUMENT_KIND_UNSUPPORTED']],
      ],
    ]);
    // The bytes of the file are what is kept and committed to.
    const { body } = await eventually(
      () => core.client.get(`/v1/orders?number=${number}`),
      ({ body }) => (body['items'] as Json[]).length === 1,
    );
    const { id } = (body['items'] as Json[])[0]!;
    const { url, apiKey } = core.client.member;
    const headers = { authorization: `Bearer ${apiKey}` };
    const kept = await fetch(`${url}/v1/orders/${String(id)}/document/source`, { headers });
    expect([kept.status, await kept.text()]).toEqual([200, xml]);
  });

  it('posts by themselves the orders that call off a framework contract, as far as it allows', async () => {
    const contract = `FW.${newNumber()}`;
    const terms = { ...orderDocument({ number: contract, amount: '6000.00' }), validUntil: '2100-12-31' };
    const signed = await core.client.post('/v1/orders?supplier=supplier-1&type=FRAMEWORK', { document: terms });
    const supplier = nodes.of('supplier-1').client;
    const framework = `/v1/orders/${String(signed.body['id'])}`;
    const accepted = await eventually(
      () => supplier.post(`${framework}/acceptance`),
      ({ status }) => status === 201,
    );
    await eventually(
      () => core.client.get(framework),
      ({ block, body }) => block >= accepted.block && body['status'] === 'ACCEPTED',
    );
    const path = file('called.ndjson', [
      ...[lineOf('CALL.1'), lineOf('CALL.2', { document: orderDocument({ number: 'CALL.2', contract }) })],
      ...[lineOf('CALL.3', { document: orderDocument({ number: 'CALL.3', contract }) }), lineOf('CALL.4')],
    ]);
    const { code, summary } = await run([path]);
    expect([code, summary]).toEqual([1, { posted: 3, there: 0, differing: 0, refused: 1, interrupted: false }]);
    expect(refusedIn(`${path}.refused.ndjson`)).toEqual([['line 3', 'FRAMEWORK_EXCEEDED']]);
    await eventually(
      () => core.client.get(`${framework}/allowance`),
      ({ body }) => (body['amount'] as Json)['calledOff'] === '5050.00',
    );
  });

  it('started twice at once posts what can be posted once, and both say so', async () => {
    const path = file(
      'twice.ndjson',
      [...new Array(60).keys()].map((i) => (i % 10 === 7 ? '{' : lineOf(`TWICE.${i}`))),
    );
    const both = await Promise.all([1, 2].map(() => run([path, '--chunk', '5'])));
    const all = { posted: 54, there: 0, differing: 0, refused: 6, interrupted: false };
    expect(both.map(({ code, summary }) => [code, summary])).toEqual([
      ...[
        [1, all],
        [1, all],
      ],
    ]);
    expect(await takenIn('TWICE')).toEqual({ orders: 54, numbers: 54 });
    const refused = [8, 18, 28, 38, 48, 58].map((line) => [`line ${line}`, 'LINE_MALFORMED']);
    expect(refusedIn(`${path}.refused.ndjson`).sort()).toEqual(refused.sort());
  });

  it('is stopped, with nothing posted, by what no order could help', async () => {
    const path = file('stopped.ndjson', [lineOf('STOP.1')]);
    const clientOf = (await core.clientWith('SUPPLIER_DESK')).member.apiKey;
    const cases: [string, Promise<Ended>][] = [
      ['UNAUTHENTICATED', run([path], { TRADEPROOF_API_KEY: 'no-such-key' })],
      ['FORBIDDEN', run([path], { TRADEPROOF_API_KEY: clientOf })],
      ['JOURNAL_UNWRITABLE', run([path, '--journal', join(dir, 'none', 'journal')])],
      ['REFUSED_UNWRITABLE', run([path, '--refused', dir])],
      ['SOURCE_UNREADABLE', run([`${path}.gone`, '--format', 'csv'])],
    ];
    for (const [code, ended] of cases) {
      const { code: exit, errors } = await ended;
      expect([exit, errors]).toEqual([2, expect.stringContaining(`[${code}]`)]);
    }
    expect(await takenIn('STOP')).toEqual({ orders: 0, numbers: 0 });
  });
});
