import { readFileSync } from 'node:fs';
import { json } from 'node:stream/consumers';
import fc from 'fast-check';
import { DESK_ROLES, type DeskRole } from '../../node/src/auth/index.js';
import { changeDocument } from '../../node/src/orders/testing/documents.js';
import { eventually } from '../support/eventually.js';
import { startNodes, type TestNode, type TestNodes } from '../support/nodes.js';
import { type Route, tableOfAccess } from './support/access-table.js';
import type { ApiDocument } from './support/api-fuzz.js';
import { valuesOf } from './support/schema-values.js';

const ROUTES = tableOfAccess();
const GUARDED = ROUTES.filter(({ open }) => !open);
const NOBODYS = `0x${'12'.repeat(32)}`;
const API = JSON.parse(readFileSync('test/snapshots/openapi.json', 'utf8')) as ApiDocument;
const SAMPLES = { numRuns: 100, seed: 20_261_127 };

const sample = (name: string): unknown => JSON.parse(readFileSync(`samples/json/${name}.json`, 'utf8'));
/** Bodies of which the route's schema does not say all. */
const BODIES: Readonly<Record<string, unknown>> = {
  'POST /v1/orders/:id/acceptance-with-changes': {
    document: {
      ...(sample('order-response') as object),
      ...{ decision: 'AMENDED', lines: [{ id: '1', orderLine: '1', status: '3', quantity: '80' }] },
    },
  },
  'POST /v1/orders/:id/changes': { document: changeDocument('PO-2026-0042') },
  'POST /v1/orders/:id/milestones': { kind: 'DESPATCHED', document: sample('despatch-advice') },
  'POST /v1/receivables/:id/credit-notes': { document: sample('credit-note') },
  'POST /v1/financings/:id/change-consent': { order: NOBODYS, version: 2, commitment: NOBODYS },
  'POST /v1/financings/:id/void-consent': { receivable: NOBODYS },
};
/** What routes have to be asked with. */
const QUERIES: Readonly<Record<string, string>> = {
  'GET /v1/orders/:id/disclosure': '?fields=/number',
  'GET /v1/receivables/:id/disclosure': '?fields=/number',
  'GET /v1/receivables/:id/payment-initiation': '?debtorIban=GB33BUKB20201555555555',
};

let nodes: TestNodes;
const keys = new Map<DeskRole, string>();

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-b']);
  for (const role of DESK_ROLES) keys.set(role, (await nodes.of('core').clientWith(role)).member.apiKey);
});
afterAll(() => nodes?.stop());

let address = 0;

/** A path with its parameters filled in: what is about an object is so by `id`, or by an id that is nobody's. */
const placed = (path: string, id: string): string =>
  path.replace(/:(\w+)/g, (_, name: string) => (name === 'id' ? id : /^(n|version)$/.test(name) ? '1' : NOBODYS));

/** Status and code of an answer; its body is not waited for when it is a stream of events. */
async function call(
  { app }: TestNode,
  { method, path }: Route,
  {
    id = NOBODYS,
    authorization,
    body: payload,
  }: { id?: string; authorization?: string | undefined; body?: unknown } = {},
): Promise<{ status: number; code: unknown }> {
  const response = await app.inject({
    method: method as 'GET',
    url: `${placed(path, id)}${QUERIES[`${method} ${path}`] ?? ''}`,
    headers: authorization ? { authorization } : {},
    payload: payload as object | undefined,
    // Failed logins of one address are limited, and here are many.
    remoteAddress: `10.0.${Math.floor(++address / 250)}.${address % 250}`,
    payloadAsStream: true,
  });
  const body = response.stream();
  if (!String(response.headers['content-type']).startsWith('application/problem+json')) {
    body.destroy();
    return { status: response.statusCode, code: undefined };
  }
  const { code } = (await json(body)) as { code: unknown };
  return { status: response.statusCode, code };
}

/** Bodies that the route takes, as far as its schema says; nothing where it takes none. */
function bodiesOf({ method, path }: Route): unknown[] {
  const known = BODIES[`${method} ${path}`];
  if (known) return [known];
  const operation = API.paths[path.replace(/:(\w+)/g, '{$1}')]![method.toLowerCase()]!;
  const schema = operation.requestBody?.content['application/json']?.schema;
  return schema ? fc.sample(valuesOf(schema, API.components?.schemas ?? {}), SAMPLES) : [undefined];
}

it('is of every route, and no role may call all of them', () => {
  expect(ROUTES.length).toBeGreaterThan(100);
  for (const role of DESK_ROLES) expect(GUARDED.filter(({ roles }) => !roles.includes(role))).not.toEqual([]);
  const auditors = GUARDED.filter(({ method, roles }) => method !== 'GET' && roles.includes('AUDITOR'));
  const names = auditors.map(({ method, path }) => `${method} ${path}`);
  expect(names.filter((name) => !QUESTION.test(name))).toEqual(AUDITORS_WRITES);
});

/** A sealed file, whose opening is on record; an approval, where the member's rules name auditors. */
const AUDITORS_WRITES = ['POST /v1/approvals/:id', 'POST /v1/credit-files/:grant/openings'];
/** Questions that need a body, and change nothing. */
const QUESTION = /^POST .*\/verifications?(\/\w+)?$/;

describe.each(GUARDED.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  it('lets in its roles and nobody else', async () => {
    const core = nodes.of('core');
    const strangers = [undefined, 'Bearer tp_0000000000000000_x', 'Bearer x.y.z', 'Basic YTpi', 'Bearer '];
    for (const authorization of strangers)
      expect(await call(core, route, { authorization })).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    for (const role of DESK_ROLES) {
      const { status, code } = await call(core, route, { authorization: `Bearer ${keys.get(role)}` });
      if (route.roles.includes(role)) {
        expect([role, status]).not.toEqual([role, 401]);
        expect([role, code]).not.toEqual([role, 'FORBIDDEN']);
        expect(status).toBeLessThan(500);
      } else expect([role, status, code]).toEqual([role, 403, 'FORBIDDEN']);
    }
  });
});

describe('an order of others', () => {
  let order: string;
  beforeAll(async () => {
    const { client } = nodes.of('core');
    order = (await client.postXml('/v1/orders?supplier=supplier-1', readFileSync('samples/ubl/order.xml', 'utf8')))
      .body['id'] as string;
    const outsider = nodes.of('bank-b').client;
    const path = `/v1/registry/orders/${order}`;
    const known = await eventually(
      () => outsider.get(path),
      ({ status }) => status === 200,
    );
    expect(known.status).toBe(200);
  });

  it('is judged for an outsider by what the registry shows to all, and so never valid', async () => {
    const { status, body } = await nodes.of('bank-b').client.get(`/v1/orders/${order}/verification`);
    expect([status, body['valid']]).toEqual([200, false]);
    expect(JSON.stringify(body)).not.toMatch(/PO-2026-0042|Kestrel|Halden|Bearing|EUR/);
  });

  const own = GUARDED.filter(
    ({ path }) => /^\/v1\/(orders|receivables|financings)\/:id/.test(path) && path !== '/v1/orders/:id/verification',
  );
  it.each(own.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'is not there for an outsider with every role: %s',
    async (_, route) => {
      const bank = nodes.of('bank-b');
      const authorization = `Bearer ${bank.client.member.apiKey}`;
      let answer = { status: 0, code: undefined as unknown };
      for (const body of bodiesOf(route)) {
        answer = await call(bank, route, { id: order, authorization, body });
        if (answer.code !== 'REQUEST_INVALID') break;
      }
      expect([answer.code, [403, 404].includes(answer.status)]).toEqual([answer.code, true]);
    },
  );
});
