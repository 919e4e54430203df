import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc, { type Arbitrary } from 'fast-check';
import type { LightMyRequestResponse } from 'fastify';
import { anyJson, nastyText, type Schema, valuesOf } from './schema-values.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema?: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export interface FuzzRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
}

/** Ids that are there, to get past the first look-up. */
export interface KnownIds {
  readonly ids: readonly string[];
  readonly documents: readonly string[];
}

/** For each operation of the document, requests to it: fitting, nearly fitting, and not at all. */
export function requestsOf(document: ApiDocument, known: KnownIds): [name: string, Arbitrary<FuzzRequest>][] {
  const components = document.components?.schemas ?? {};
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Arbitrary<FuzzRequest>] => [
      `${method.toUpperCase()} ${path}`,
      requests(method.toUpperCase(), path, operation, components, known),
    ]),
  );
}

function requests(
  method: string,
  path: string,
  { parameters = [], requestBody }: Operation,
  components: Readonly<Record<string, Schema>>,
  known: KnownIds,
): Arbitrary<FuzzRequest> {
  const text = (schema: Schema | undefined) =>
    fc.oneof({ weight: 2, arbitrary: valuesOf(schema, components).map(String) }, { weight: 1, arbitrary: nastyText });
  const named = (place: Parameter['in']) => parameters.filter((each) => each.in === place);
  const all = (place: Parameter['in'], of: (each: Parameter) => Arbitrary<string>, optional: boolean) =>
    fc.record(Object.fromEntries(named(place).map((each) => [each.name, of(each)])), {
      requiredKeys: optional ? [] : undefined,
    } as never) as Arbitrary<Record<string, string>>;
  // Those known are looked up late: they are made by the nodes, which are started after the requests are described.
  const id = fc.nat().map((n) => known.ids[n % known.ids.length]!);
  const ids = fc.oneof({ weight: 3, arbitrary: id }, { weight: 1, arbitrary: nastyText }, fc.nat().map(String));
  // What no HTTP client can put into a header never reaches the node.
  const header = (each: Parameter) =>
    (each.name === 'Idempotency-Key'
      ? fc.oneof({ weight: 9, arbitrary: fc.uuid() }, text(each.schema))
      : text(each.schema)
    ).map((value) => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 2000));
  return fc
    .record({
      path: all('path', () => ids, false),
      query: all('query', (each) => text(each.schema), true),
      surplus: rarely(fc.tuple(nastyText, nastyText)),
      headers: all('header', header, true),
      body: requestBody || method !== 'GET' ? bodies(requestBody, components, known) : fc.constant(undefined),
    })
    .map(({ path: given, query, surplus, headers, body }) => {
      const place = path.replace(/\{(\w+)\}/g, (_, name: string) => encode(given[name] ?? ''));
      const pairs = [...Object.entries(query), ...(surplus ? [surplus] : [])];
      const search = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
      // A wait is what makes a request slow on purpose.
      const patient = { ...headers, prefer: 'wait=0', ...(body?.type ? { 'content-type': body.type } : {}) };
      return { method, url: search ? `${place}?${search}` : place, headers: patient, payload: body?.payload };
    });
}

/** One in ten: what a route does not know is refused before anything else is looked at. */
const rarely = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof({ weight: 1, arbitrary }, { weight: 9, arbitrary: fc.constant(undefined) });

/** Percent-encoded; lone surrogates, which have no encoding, as U+FFFD. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

type Body = { type?: string; payload?: string | Buffer } | undefined;

function bodies(
  body: Operation['requestBody'],
  components: Readonly<Record<string, Schema>>,
  known: KnownIds,
): Arbitrary<Body> {
  const content = body?.content ?? {};
  const types = Object.keys(content);
  const type = fc.constantFrom(
    ...types,
    'application/json',
    'text/plain',
    'application/xml',
    'application/json;charset=x',
  );
  const raw = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom('', '{', '[1,', '{"a":1,"a":2}', '<a', '<!DOCTYPE a><a/>', '\ufeff{}', `${'['.repeat(5000)}`),
  );
  const json = (value: unknown) => ({ type: 'application/json', payload: JSON.stringify(value) ?? 'null' });
  const documents = fc.constantFrom(...known.documents).chain((document) =>
    fc.record({ at: fc.nat(document.length), cut: fc.nat(60), put: nastyText, whole: fc.boolean() }).map((change) => ({
      type: 'application/xml',
      payload: change.whole
        ? document
        : document.slice(0, change.at) + change.put + document.slice(change.at + change.cut),
    })),
  );
  const schema = content['application/json']?.schema;
  const fitting = valuesOf(schema, components);
  const nearly = fc.tuple(fitting, fc.nat(), anyJson).map(([value, at, put]) => spoil(value, at, put));
  return fc.oneof<Arbitrary<Body>[]>(
    { weight: 4, arbitrary: fitting.map(json) } as never,
    { weight: 4, arbitrary: nearly.map(json) } as never,
    { weight: 2, arbitrary: anyJson.map(json) } as never,
    { weight: 1, arbitrary: fc.record({ type, payload: raw }) } as never,
    { weight: types.includes('application/xml') ? 4 : 1, arbitrary: documents } as never,
    { weight: 1, arbitrary: fc.constant(undefined) } as never,
  );
}

/** The value with one of its parts replaced, or with one too many. */
function spoil(value: unknown, at: number, put: unknown): unknown {
  if (typeof value !== 'object' || value === null) return put;
  const copy = structuredClone(value) as Record<string, unknown>;
  const names = Object.keys(copy);
  const name = names[at % (names.length + 1)] ?? 'surplus';
  copy[name] = at % 2 === 0 ? put : spoil(copy[name], at >> 1, put);
  return copy;
}

const INTERNALS =
  /\bat \S+ \(|\.[cm]?[jt]s:\d+|node_modules|\/(work|home|usr|tmp)\/|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) \w+|relation "|column "|syntax error|postgres(ql)?:|ECONNREFUSED|QueryFailedError|TypeError|ZodError|violates \w+ constraint/;

/** What is wrong with an answer; undefined when nothing is. `codes` are those that docs/errors.md lists. */
export function faultOf(answer: LightMyRequestResponse, codes: ReadonlySet<string>): string | undefined {
  const { statusCode: status, headers } = answer;
  if (status < 400) return undefined;
  const type = String(headers['content-type']);
  if (type !== 'application/problem+json') return `${status} is answered as ${type}`;
  const problem = answer.json<{ code: string; status: number; requestId: string }>();
  if (!codes.has(problem.code)) return `${problem.code} is not in docs/errors.md`;
  if (problem.status !== status || !problem.requestId) return 'the problem is incomplete';
  // 503 with a time to come back is an answer; what is ours to repair is not.
  if (status >= 500 && !(status === 503 && headers['retry-after'])) return `${status} ${problem.code}`;
  const told = INTERNALS.exec(answer.body);
  return told ? `it tells of its insides: ${told[0]}` : undefined;
}

/** The answer, or a fault when there is none within `ms`. Streams of events are cut off at their head. */
export async function ask(
  app: NestFastifyApplication,
  request: FuzzRequest,
  authorization: string,
  ms: number,
): Promise<LightMyRequestResponse> {
  const headers = { ...request.headers, authorization };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    const sent = app.inject({ ...request, method: request.method as 'GET', headers });
    return (await Promise.race([sent, late])) as LightMyRequestResponse;
  } finally {
    clearTimeout(timer);
  }
}
