import type { RawRequest } from '../raw-request.js';
import { NOBODY } from './case.js';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Record<string, Schema>;
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content?: Record<string, { readonly schema?: Schema }> };
}

export interface OpenApi {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components?: { readonly schemas?: Record<string, Schema> };
}

/** Texts that are no id, name, time or number that anybody has. */
const ODD = [
  '',
  '0',
  '-1',
  '2147483648',
  '9'.repeat(30),
  '1e999',
  'NaN',
  '\0',
  "' OR 1=1 --",
  '../..',
  '🦀',
  '0x',
  NOBODY,
];

/** Values of all JSON types that nobody asks for. */
const ODD_VALUES = [
  null,
  true,
  -1,
  1e308,
  '',
  '\0',
  '\ud800',
  '-1.00',
  [],
  [[]],
  {},
  { amount: '-1', currency: '???' },
];

const BODIES = ['null', '0', '""', '[]', '{}', '{', '\u0000', `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`];

/** Each operation of the API with odd values in each of its places, one at a time. */
export function* sweep(api: OpenApi): Generator<RawRequest> {
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(operations))
      yield* each(api, method.toUpperCase(), path, operation);
  }
}

function* each(api: OpenApi, method: string, path: string, operation: Operation): Generator<RawRequest> {
  const writes = method === 'POST';
  const body = writes ? '{}' : undefined;
  const headers = writes ? { 'content-type': 'application/json' } : undefined;
  const place = path.replaceAll(/\{\w+\}/g, NOBODY);
  for (const odd of path.includes('{') ? ODD : []) {
    yield { method, path: path.replaceAll(/\{\w+\}/g, encodeURIComponent(odd)), headers, body };
  }
  for (const { name } of operation.parameters?.filter((parameter) => parameter.in === 'query') ?? []) {
    for (const odd of ODD) yield { method, path: `${place}?${name}=${encodeURIComponent(odd)}`, headers, body };
  }
  if (!writes) return;
  for (const text of BODIES) yield { method, path: place, headers, body: text };
  const names = Object.keys(propertiesOf(api, operation));
  for (const value of ODD_VALUES) {
    const given = Object.fromEntries(names.map((name) => [name, value]));
    yield { method, path: place, headers, body: JSON.stringify(given) };
  }
  yield { method, path: place, headers: { 'content-type': 'application/xml' }, body: '<a><b/></a>' };
}

function propertiesOf(api: OpenApi, { requestBody }: Operation): Record<string, Schema> {
  const schema = requestBody?.content?.['application/json']?.schema;
  const found = schema?.$ref ? api.components?.schemas?.[schema.$ref.split('/').at(-1)!] : schema;
  return found?.properties ?? {};
}
