import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { testApi, type TestApi } from '../../../test/support/api.js';
import { ProbeRoom } from '../../../test/support/probe-room.js';

interface Span {
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

/** A collector: what it got, as OTLP's JSON. */
let collector: Server;
const bodies: string[] = [];
let api: TestApi;

beforeAll(async () => {
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      bodies.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  api = await testApi([ProbeRoom], { tracesUrl: `http://127.0.0.1:${port}/v1/traces` });
});
afterAll(() => collector.close());

const spans = (): Span[] =>
  bodies.flatMap((body) =>
    (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(
      ({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans),
    ),
  );

it('sends a span for each request, as the caller’s child, with pattern and request id and nothing of what was said', async () => {
  const authorization = await api.bearer('ORDER_DESK');
  const [trace, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
  const answer = await api.app.inject({
    method: 'POST',
    url: '/v1/probes?label=hush',
    headers: { authorization, 'idempotency-key': 'trace-1', traceparent: `00-${trace}-${parent}-01` },
    payload: { text: 'hush', count: 1 },
  });
  expect(answer.statusCode).toBe(201);
  // The rest is sent when the node stops.
  await api.stop();
  const span = spans().find(({ name }) => name === 'POST /v1/probes')!;
  expect(span).toMatchObject({ traceId: trace, parentSpanId: parent });
  const attributes = Object.fromEntries(span.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
  expect(attributes).toEqual({
    'http.request.method': 'POST',
    'http.route': '/v1/probes',
    'http.response.status_code': 201,
    'tradeproof.request_id': answer.headers['x-request-id'],
  });
  expect(bodies.join()).not.toContain('hush');
});
