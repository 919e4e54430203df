import { describeApi } from '../../node/src/http/index.js';
import { resourceOf } from '../../node/src/http/resource-of.js';
import { EVENT_NAMES } from '../../node/src/kernel/contract-events.generated.js';
import { previewApp } from '../../scripts/generate/preview-app.js';

interface Schema {
  readonly $ref?: string;
  readonly enum?: string[];
  readonly oneOf?: Schema[];
  readonly items?: Schema;
  readonly properties: Record<string, Schema>;
  readonly required: string[];
}
interface Operation {
  readonly parameters: { readonly name: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<string, { readonly content: Record<string, { readonly schema: Schema }> }>;
}
interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly webhooks: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

let description: Description;

beforeAll(async () => {
  description = describeApi(await previewApp()) as unknown as Description;
});

describe('If-Match', () => {
  const writes = () =>
    Object.entries(description.paths).flatMap(([path, { get: _, ...methods }]) =>
      Object.entries(methods).map(([method, { parameters }]) => ({
        ...{ path, route: `${method.toUpperCase()} ${path}` },
        taken: parameters.some(({ name }) => name === 'If-Match'),
      })),
    );
  const isRead = (path: string) => description.paths[path]?.['get'] !== undefined;

  it('is described where a GET tells the tag of what the write is about, and nowhere else', () => {
    const taking = writes().filter(({ taken }) => taken);
    expect(taking.length).toBeGreaterThan(50);
    for (const { route, path } of taking)
      expect([route, resourceOf(path, isRead)]).toEqual([route, expect.any(String)]);
    expect(resourceOf('/v1/orders/batches/{root}/answer', isRead)).toBe('/v1/orders/batches/{root}');
  });

  it('is for each write that names one of something, but of what is read in lists alone', () => {
    const without = writes().filter(({ taken, path }) => !taken && path.includes('{'));
    expect(without.map(({ route }) => route).sort()).toEqual([
      'DELETE /v1/api-keys/{id}',
      'DELETE /v1/exchange/set-aside/{id}',
      'POST /v1/credit-files/{grant}/openings',
      'POST /v1/exchange/set-aside/{id}/retry',
    ]);
  });
});

describe('events', () => {
  const NEWS = ['approval.requested', 'envelope.set-aside', 'financing.cover.short', 'order.document.received'];
  const schema = (name: string): Schema => description.components.schemas[name]!;
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

  it('are named, each once: what registries say, what the node tells, and rewinds', () => {
    const names = schema('EventType').enum!;
    expect(names).toEqual(expect.arrayContaining([...EVENT_NAMES, 'chain.rewound', ...NEWS]));
    expect(new Set(names).size).toBe(names.length);
    const body = description.paths['/v1/webhooks']!['post']!.requestBody!.content['application/json']!.schema;
    expect(body.properties['types']!.items).toMatchObject(ref('EventType'));
  });

  it('have a form that is described, in the stream and at a webhook’s receiver', () => {
    const stream = description.paths['/v1/events']!['get']!.responses['200']!.content['text/event-stream']!;
    expect(stream.schema).toEqual(ref('StreamEvent'));
    const message = description.webhooks['event']!['post']!;
    expect(message.requestBody!.content['application/json']!.schema).toEqual(ref('WebhookMessage'));
    expect(message.parameters.map(({ name }) => name)).toContain('webhook-signature');
    for (const name of ['StreamEvent', 'WebhookMessage']) {
      const named = schema(name).oneOf!.flatMap(({ properties }) => properties['type']!.enum!);
      expect(named.sort()).toEqual([...schema('EventType').enum!].sort());
    }
    const chain = schema('StreamEvent').oneOf!.find(({ properties }) => 'args' in properties)!;
    expect([...chain.required].sort()).toEqual(
      ['args', 'at', 'block', 'contract', 'id', 'object', 'transaction', 'type'].sort(),
    );
    const shortfall = schema('StreamEvent').oneOf!.find(({ properties }) =>
      properties['type']!.enum!.includes('financing.cover.short'),
    )!;
    expect(Object.keys(shortfall.properties['data']!.properties)).toEqual(['financing', 'causes']);
  });
});
