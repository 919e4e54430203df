import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Found } from './item.js';
import { NodeDoor } from './node-door.js';

const ORDERS = [1, 2].map((place) => ({
  place,
  text: `{"supplier":"supplier-1","document":{"number":"PO-${place}"}}`,
}));
let server: Server;
let facts: object;
const keys: unknown[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    request.resume();
    response.writeHead(410, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ code: 'IDEMPOTENCY_ANSWER_GONE', detail: 'gone', facts }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

const door = () =>
  new NodeDoor({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ apiKey: 'key', run: 'run', batch: false, patienceMs: 1_000 },
  });

it('takes orders for posted whose answer is no longer there to be read, and sends nothing under another key', async () => {
  facts = { answered: 201 };
  expect(await door().post(ORDERS as unknown as Found[])).toEqual({ orders: 2 });
  expect(keys).toHaveLength(1);
});

it('takes no refusal for one that was done', async () => {
  facts = { answered: 409 };
  expect(await door().post(ORDERS as unknown as Found[])).toMatchObject({
    refusal: { code: 'IDEMPOTENCY_ANSWER_GONE' },
  });
});
