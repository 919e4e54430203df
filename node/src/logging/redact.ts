/** Names under which a secret or a document might be logged by mistake, at the first two levels. */
const SENSITIVE = new Set([
  'authorization',
  'cookie',
  'apiKey',
  'secret',
  'seed',
  'token',
  'password',
  'privateKey',
  'keys',
  'body',
  'document',
  'disclosure',
  'payload',
]);

type Fields = Record<string, unknown>;

/** A line's fields without what lies under such names; as they are where there is none, as with nearly every line. */
export function redact(fields: Fields): Fields {
  // What is under `err` is written by its serializer, which takes known properties alone.
  return without(fields, (name, value) => (name !== 'err' && isObject(value) ? without(value) : value));
}

function without(fields: Fields, inside = (_name: string, value: unknown): unknown => value): Fields {
  let result = fields;
  for (const name in fields) {
    const value = fields[name];
    const shown = SENSITIVE.has(name) ? '[redacted]' : inside(name, value);
    if (shown === value) continue;
    if (result === fields) result = { ...fields };
    result[name] = shown;
  }
  return result;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
