import type { OpenAPIObject } from '@nestjs/swagger';

/** What of a description is known only once all rooms are there. */
const schemas = new Map<string, () => object>();
const webhooks = new Map<string, () => object>();

/** Has a schema described by this name, when the description is made. Returns the reference to it. */
export function describeSchema(name: string, schema: () => object): { readonly $ref: string } {
  schemas.set(name, schema);
  return { $ref: `#/components/schemas/${name}` };
}

/** Has requests described that this node sends: a path item of OpenAPI 3.1. */
export function describeWebhook(name: string, item: () => object): void {
  webhooks.set(name, item);
}

/** Adds what is known now. */
export function addDescribedLater(document: OpenAPIObject): OpenAPIObject {
  const made = (all: ReadonlyMap<string, () => object>) =>
    Object.fromEntries([...all].map(([name, make]) => [name, make()]));
  document.components = {
    ...document.components,
    schemas: Object.assign({}, document.components?.schemas, made(schemas)),
  };
  return webhooks.size > 0 ? Object.assign(document, { webhooks: made(webhooks) }) : document;
}
