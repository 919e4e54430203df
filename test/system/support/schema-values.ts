import fc, { type Arbitrary } from 'fast-check';

/** JSON Schema, as far as the node's OpenAPI document uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Texts that parsers, databases and logs have stumbled over. */
export const NASTY = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e\u0007\u001b[31m',
  'x\r\nset-cookie: a=b',
  "'; DROP TABLE orders; --",
  '${jndi:ldap://127.0.0.1/a}',
  '../../../../etc/passwd',
  '%00',
  '%c0%ae',
  '__proto__',
  'constructor',
  '-0',
  '1e309',
  'NaN',
  '9007199254740993',
  '99999999999999999999999999999999',
  '0000-00-00',
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  '0x',
  `0x${'0'.repeat(64)}`,
  `0x${'f'.repeat(64)}`,
  `0x${'G'.repeat(64)}`,
  'x'.repeat(10_000),
  '𝟙𝟚𝟛',
] as const;

/** URLs that lead nowhere: reserved names and addresses, so that no test knocks at a stranger's door. */
const PLACES = [
  'https://hooks.example.invalid/in?a=b#c',
  'https://192.0.2.7/x',
  'http://[2001:db8::1]:8080/',
  'http://169.254.169.254/latest/meta-data/',
  'https://user:password@198.51.100.1/',
  'ftp://203.0.113.9/',
] as const;

export const nastyText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** Any JSON, with what breaks things among it. */
export const anyJson: Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(null, [], {}, 0, -1, 1e308, 2 ** 53, true, [[[[[]]]]]),
);

/** Values that fit a schema, mostly: what is written into patterns and formats is the validator's to find out. */
export function valuesOf(schema: Schema | undefined, components: Readonly<Record<string, Schema>>): Arbitrary<unknown> {
  const of = (each: Schema | undefined): Arbitrary<unknown> => valuesOf(each, components);
  if (!schema) return anyJson;
  if (schema.$ref) return of(components[schema.$ref.split('/').at(-1)!]);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map(of));
  switch ([schema.type].flat()[0]) {
    case 'object':
      return objects(schema, of);
    case 'array':
      return fc.array(of(schema.items), { minLength: schema.minItems ?? 0, maxLength: 4 });
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -10, max: Math.min(schema.maximum ?? 1e9, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return texts(schema);
    default:
      return anyJson;
  }
}

function objects(schema: Schema, of: (each: Schema) => Arbitrary<unknown>): Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, of(each)] as const);
  const requiredKeys = (schema.required ?? []).filter((name) => schema.properties?.[name]);
  return fc.record(Object.fromEntries(properties), { requiredKeys: requiredKeys as never });
}

function texts({ pattern, format }: Schema): Arbitrary<string> {
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (format === 'date') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
  if (format === 'uuid') return fc.uuid();
  if (format === 'uri') return fc.constantFrom(...PLACES);
  return fc.string({ maxLength: 30 });
}
