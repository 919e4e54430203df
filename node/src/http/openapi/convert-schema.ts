import { z } from 'zod';

/** JSON Schema of a zod schema, as an OpenAPI 3.1 document takes it. */
export function convertSchema(
  schema: unknown,
  { schemaType }: { schemaType: 'input' | 'output' },
): { schema: object; components: Record<string, object> } {
  const { $defs, $schema, ...converted } = z.toJSONSchema(schema as z.ZodType, {
    target: 'draft-2020-12',
    io: schemaType,
    unrepresentable: 'any',
  });
  void $schema;
  return { schema: converted, components: ($defs ?? {}) as Record<string, object> };
}
