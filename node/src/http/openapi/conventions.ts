import type { OpenAPIObject } from '@nestjs/swagger';
import { resourceOf } from '../resource-of.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const header = (name: string, description: string, schema: object) => ({
  name,
  in: 'header' as const,
  required: false,
  description,
  schema,
});

const PREFER = header('Prefer', '`wait=N`: wait up to N seconds (capped by the node).', { type: 'string' });
const IDEMPOTENCY_KEY = header(
  'Idempotency-Key',
  'Makes a repeat safe for 30 days: 1 to 255 visible ASCII characters.',
  { type: 'string' },
);
const ifMatch = (resource: string) =>
  header('If-Match', `\`ETag\` of \`GET ${resource}\` as it was read: another one by now refuses with VERSION_STALE.`, {
    type: 'string',
  });
const READ = [
  header(
    'Tradeproof-Min-Block',
    'Answer only once this block is indexed, waiting as `Prefer` says; else 503 INDEX_BEHIND.',
    {
      type: 'integer',
    },
  ),
  PREFER,
  header('If-None-Match', '`ETag` of an answer that the client has.', { type: 'string' }),
];

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; all are listed in docs/errors.md.' },
    detail: { type: 'string' },
    rule: { type: 'string', description: 'Number of the rule of the domain that refuses.' },
    facts: { type: 'object', additionalProperties: true, description: 'The values that failed.' },
    requestId: { type: 'string' },
  },
};

const PROBLEM_ANSWER = {
  description: 'A refusal (RFC 9457).',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function writeHeaders(path: string, { paths }: OpenAPIObject) {
  const resource = resourceOf(path, (each) => paths[each]?.get !== undefined);
  return [IDEMPOTENCY_KEY, ...(resource === undefined ? [] : [ifMatch(resource)]), PREFER];
}

/** Adds what holds for each route alike: headers, problems. */
export function addConventions(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    if (!path.startsWith('/v1/')) continue;
    for (const [method, operation] of Object.entries(item) as [string, Operation][]) {
      const common = method === 'get' ? READ : writeHeaders(path, document);
      operation.parameters = [...(operation.parameters ?? []), ...common];
      operation.responses = { ...operation.responses, default: PROBLEM_ANSWER };
    }
  }
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA as never },
  };
  return document;
}
