import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunksOf } from './chunks.js';
import { deliver } from './deliver.js';
import { type Found, type Item, unfit } from './item.js';
import { Journal } from './journal.js';
import { type Answer, NodeDoor } from './node-door.js';
import { Progress } from './progress.js';
import { RefusedFile } from './refused-file.js';
import { runImport } from './run-import.js';
import { readSettings } from './settings.js';
import { collect } from './testing/collect.js';

const dir = mkdtempSync(join(tmpdir(), 'tradeproof-import-'));
afterAll(() => rmSync(dir, { recursive: true }));

const code = (run: () => unknown): unknown => {
  try {
    run();
    return 'NOTHING';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('orders that are refused', () => {
  /** As the node answers: all or none, naming the item where it cannot read one. */
  const nodeThatRefuses = (unreadable: readonly string[], barred: readonly string[]) => {
    const posted: string[] = [];
    let requests = 0;
    const post = (sent: readonly Found[]): Promise<Answer> => {
      const lines = sent.map(({ text }) => text);
      requests++;
      const item = lines.findIndex((line) => unreadable.includes(line));
      if (item >= 0)
        return Promise.resolve({
          status: 422,
          refusal: { code: 'UNREADABLE', detail: '', facts: { item, pointer: '/' } },
        });
      if (lines.some((line) => barred.includes(line)))
        return Promise.resolve({ status: 409, refusal: { code: 'BARRED', detail: '' } });
      posted.push(...lines);
      return Promise.resolve({ orders: lines.length });
    };
    return { post, postAlone: (order: Found) => post([order]), posted, requests: () => requests };
  };
  const orders = Array.from({ length: 40 }, (_, i) => ({ place: `line ${i}`, text: String(i) }));

  it.each<[readonly string[], readonly string[]]>([
    [[], []],
    [['0', '1', '39'], []],
    [[], ['0', '17', '39']],
    [
      ['3', '4'],
      ['2', '5', '30'],
    ],
    [orders.map(({ text }) => text), []],
    [[], orders.map(({ text }) => text)],
  ])('stand alone in the end, and all others are posted once (%j, %j)', async (unreadable, barred) => {
    const node = nodeThatRefuses(unreadable, barred);
    const { posted, refused } = await deliver(orders, node);
    const bad = orders.filter(({ text }) => [...unreadable, ...barred].includes(text));
    expect(refused.map(({ place }) => place)).toEqual(bad.map(({ place }) => place));
    expect(refused.map(({ refusal }) => refusal.facts?.['item'])).toEqual(bad.map(() => undefined));
    expect([posted, [...node.posted].sort((a, b) => Number(a) - Number(b))]).toEqual([
      orders.length - bad.length,
      orders.filter((each) => !bad.includes(each)).map(({ text }) => text),
    ]);
    expect(node.requests()).toBeLessThanOrEqual(2 * orders.length);
  });
});

describe('refusals of members', () => {
  const to = (supplier: string, count: number): Found[] =>
    Array.from({ length: count }, (_, i) => ({ place: `${supplier} ${i}`, text: JSON.stringify({ supplier, i }) }));
  const mixed = [...to('sold-out', 3), ...to('supplier-1', 3), ...to('sold-out', 2)].map((order, i) => ({
    ...order,
    place: `line ${i}`,
  }));

  it('of a supplier are of all orders to it, for one request more', async () => {
    const sent: string[][] = [];
    const post = (orders: readonly Found[]): Promise<Answer> => {
      sent.push(orders.map(({ place }) => place));
      const bad = orders.some(({ text }) => text.includes('sold-out'));
      const facts = { member: 'sold-out' };
      return Promise.resolve(
        bad ? { status: 403, refusal: { code: 'MEMBER_NOT_ACTIVE', detail: '', facts } } : { orders: orders.length },
      );
    };
    const { posted, refused } = await deliver(mixed, { post, postAlone: (order) => post([order]) });
    expect([posted, sent.length, refused.map(({ place }) => place)]).toEqual([
      ...[3, 2, ['line 0', 'line 1', 'line 2', 'line 6', 'line 7']],
    ]);
  });

  it('leave those alone that call off a framework contract: they are posted by themselves', async () => {
    const alone: string[] = [];
    const door = {
      post: (orders: readonly Found[]): Promise<Answer> => {
        const items = orders.flatMap(({ text }, place) => (text.includes('sold-out') ? [place] : []));
        const refusal = { code: 'FRAMEWORK_POSTED_ALONE', detail: '', facts: { framework: '0x5a', items } };
        return Promise.resolve(items.length > 0 ? { status: 422, refusal } : { orders: orders.length });
      },
      postAlone: ({ place }: Found): Promise<Answer> => {
        alone.push(place);
        const refusal = { code: 'FRAMEWORK_EXCEEDED', detail: '', facts: { exceedsBy: '1' } };
        return Promise.resolve(place === 'line 2' ? { status: 409, refusal } : { orders: 1 });
      },
    };
    const { posted, refused } = await deliver(mixed, door);
    expect([posted, alone]).toEqual([7, ['line 0', 'line 1', 'line 2', 'line 6', 'line 7']]);
    expect(refused).toEqual([
      { place: 'line 2', refusal: { code: 'FRAMEWORK_EXCEEDED', detail: '', facts: { exceedsBy: '1' } } },
    ]);
  });

  it('whose orders these are stop the import, and not once they are repetitions of what stopped it before', async () => {
    const answers = new Map<string, string>();
    let active = false;
    const server = createServer((request, response) => {
      request.resume();
      const key = String(request.headers['idempotency-key']);
      const kept = answers.get(key);
      const fresh = active ? '{"items":[{},{},{}]}' : '{"code":"MEMBER_NOT_ACTIVE","facts":{"member":"core"}}';
      answers.set(key, kept ?? fresh);
      const body = answers.get(key)!;
      response.writeHead(body.includes('code') ? 403 : 201, kept ? { 'idempotency-replayed': 'true' } : {}).end(body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const door = new NodeDoor({ url, apiKey: 'key', batch: false, run: 'run', patienceMs: 1000 });
    const run = () => deliver(to('supplier-1', 3), door);
    for (const requests of [1, 2]) {
      await expect(run()).rejects.toMatchObject({ code: 'MEMBER_NOT_ACTIVE' });
      expect(answers.size).toBe(requests);
    }
    active = true;
    for (const _ of [1, 2]) expect(await run()).toEqual({ posted: 3, refused: [] });
    expect(answers.size).toBe(3);
    server.close();
  });
});

describe('what was refused', () => {
  it('is asked about again when the import is run again, and nothing else is', async () => {
    const sent: [run: number, places: string[]][] = [];
    let known = false;
    const doorOf = (run: number) => ({
      post: (orders: readonly Found[]): Promise<Answer> => {
        sent.push([run, orders.map(({ place }) => place)]);
        const refusal = { code: 'MEMBER_UNKNOWN', detail: '', facts: { member: 'new' } };
        const bad = orders.some(({ text }) => text.includes('new'));
        return Promise.resolve(bad && !known ? { status: 404, refusal } : { orders: orders.length });
      },
      postAlone: (order: Found): Promise<Answer> => Promise.reject(new Error(order.place)),
      anew: doorOf,
    });
    const items = async function* (): AsyncGenerator<Item> {
      for (const [i, supplier] of ['old', 'new', 'old'].entries())
        yield await Promise.resolve({ place: `line ${i}`, text: JSON.stringify({ supplier }) });
      yield unfit('line 3', 'LINE_MALFORMED', '');
    };
    const path = join(dir, 'again');
    const run = async () => {
      const journal = Journal.open(`${path}.import`, { url: 'https://node.example', batch: false, reading: '' });
      const refused = new RefusedFile(`${path}.refused`);
      const progress = new Progress({ isTTY: false, write: () => true }, 4);
      const parts = { door: doorOf(0) as unknown as NodeDoor, journal, refused, progress, inFlight: 1 };
      sent.length = 0;
      const source = { items: items(), total: 4, read: () => 4 };
      const summary = await runImport(source, { ...parts, chunk: { items: 10, bytes: 1000 } });
      journal.close();
      refused.close();
      return [summary, [...sent]];
    };
    const all = ['line 0', 'line 1', 'line 2'];
    expect(await run()).toEqual([
      { posted: 2, there: 0, differing: 0, refused: 2 },
      [
        [0, all],
        [0, ['line 0', 'line 2']],
      ],
    ]);
    expect(await run()).toEqual([{ posted: 2, there: 0, differing: 0, refused: 2 }, [[1, ['line 1']]]]);
    known = true;
    expect(await run()).toEqual([{ posted: 3, there: 0, differing: 0, refused: 1 }, [[2, ['line 1']]]]);
    expect(await run()).toEqual([{ posted: 3, there: 0, differing: 0, refused: 1 }, []]);
  });
});

describe('chunks', () => {
  const source = async function* (): AsyncGenerator<Item> {
    for (let i = 0; i < 10; i++)
      yield await Promise.resolve(
        i === 4 ? unfit('line 4', 'LINE_MALFORMED', '') : { place: `line ${i}`, text: 'x'.repeat(i === 7 ? 100 : 9) },
      );
  };

  it('end at so many items or bytes, and are known again', async () => {
    const first = await collect(chunksOf(source(), { items: 4, bytes: 60 }));
    expect(first.map(({ found, unfit: not }) => [found.length, not.length])).toEqual([
      ...[
        [4, 0],
        [2, 1],
        [1, 0],
        [2, 0],
      ],
    ]);
    const again = await collect(chunksOf(source(), { items: 4, bytes: 60 }));
    expect(again.map(({ digest }) => digest)).toEqual(first.map(({ digest }) => digest));
    expect(new Set(first.map(({ digest }) => digest)).size).toBe(first.length);
  });
});

describe('progress', () => {
  const summary = { posted: 10, there: 1, differing: 3, refused: 2 };

  it('is a bar at a terminal, and a line elsewhere', () => {
    const told = (isTTY: boolean): string => {
      let text = '';
      const progress = new Progress({ isTTY, write: (more: string) => (text += more).length > 0 }, 200);
      for (let read = 0; read <= 100; read++) progress.update(read, summary);
      progress.end(200, summary);
      return text;
    };
    expect(told(false)).toMatch(
      /^tradeproof: {3}0 % read, 10 posted, .*\ntradeproof: 100 % read, .* 3 there already with other content, 2 refused, \d+\/s\n$/,
    );
    expect(told(true)).toMatch(/^\r\u001b\[K\[\.{30}] {3}0 % .*\r\u001b\[K\[#{30}] 100 % .*\n$/);
  });
});

describe('settings', () => {
  const env = { TRADEPROOF_API_KEY: 'key', TRADEPROOF_URL: 'https://node.example/', INIT_CWD: '/where' };

  it('are of where the caller stands', () => {
    expect(readSettings(['orders.csv', '--supplier', 'supplier-1'], env)).toMatchObject({
      ...{ path: '/where/orders.csv', supplier: 'supplier-1', url: 'https://node.example', apiKey: 'key' },
      ...{ journal: '/where/orders.csv.import', refused: '/where/orders.csv.refused.ndjson', inFlight: 2, chunk: 500 },
    });
  });

  it('name the file of the key from there too', () => {
    writeFileSync(join(dir, 'key'), 'from-a-file\n');
    const named = { ...env, INIT_CWD: dir, TRADEPROOF_API_KEY_FILE: 'key' };
    expect(readSettings(['orders.csv'], named).apiKey).toBe('from-a-file');
  });

  it.each<[string, readonly string[], object, string]>([
    ['no file', [], {}, 'USAGE'],
    ['two files', ['a', 'b'], {}, 'USAGE'],
    ['a key on the command line', ['a', '--api-key', 'key'], {}, 'USAGE'],
    ['what was refused in the source’s place', ['a', '--refused', './a'], {}, 'USAGE'],
    ['what was refused in the journal’s place', ['a', '--refused', 'a.import'], {}, 'USAGE'],
    ['the journal in the source’s place', ['a', '--journal', '/where/x/../a'], {}, 'USAGE'],
    ['a bold number', ['a', '--in-flight', '0'], {}, 'USAGE'],
    ['no node', ['a'], { TRADEPROOF_URL: undefined }, 'USAGE'],
    ['a node elsewhere without TLS', ['a', '--url', 'http://node.example'], {}, 'URL_INSECURE'],
    ['no key', ['a'], { TRADEPROOF_API_KEY: '' }, 'API_KEY_MISSING'],
    ['a file without a key', ['a'], { TRADEPROOF_API_KEY_FILE: '/nowhere/key' }, 'API_KEY_MISSING'],
  ])('with %s are refused', (_, args, change, expected) => {
    expect(code(() => readSettings(args, { ...env, ...change }))).toBe(expected);
  });

  it.each([
    'https://desk:hush@node.example',
    'https://hush@node.example',
    'https://node.example?token=hush',
    'https://node.example#hush',
  ])('with more than a place in the URL are refused, and it is not told: %s', (url) => {
    const refusal = { code: 'USAGE', message: expect.not.stringContaining('hush') };
    expect(() => readSettings(['a', '--url', url], env)).toThrow(expect.objectContaining(refusal));
    expect(() => readSettings(['a'], { ...env, TRADEPROOF_URL: url })).toThrow(expect.objectContaining(refusal));
  });
});
