import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CHAMBERS, MEMBER_ROLES, type MemberRole } from '../../node/src/members/domain/roles.js';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'lower-case letters, digits and hyphens, 32 at most');
const hex = (bytes: number) => z.string().regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`), `0x and ${bytes} bytes`);

/** What a member shows of its validator: all of it public. */
export const validatorCard = z.strictObject({
  format: z.literal('tradeproof-validator'),
  version: z.literal(1),
  name,
  address: hex(20),
  publicKey: hex(64),
  host: z.string().regex(/^[0-9a-zA-Z.:-]{1,253}$/),
  port: z.int().min(1).max(65_535),
});
export type ValidatorCard = z.infer<typeof validatorCard>;

/** What a member shows of itself before the registries are deployed: all of it goes on chain. */
export const memberCard = z.strictObject({
  format: z.literal('tradeproof-member'),
  version: z.literal(1),
  name,
  roles: z.array(z.enum(Object.keys(MEMBER_ROLES) as [MemberRole, ...MemberRole[]])).min(1),
  chamber: z.enum(CHAMBERS),
  endpoint: z.url({ protocol: /^https?$/ }),
  admin: hex(20),
  operator: hex(20),
  keys: z.array(z.strictObject({ kind: z.int().min(1).max(3), publicKey: z.string().regex(/^0x([0-9a-f]{2})+$/) })),
});
export type MemberCard = z.infer<typeof memberCard>;

/** Reads cards from files. Throws naming the file and the field, and when two have the same name or address. */
export function readCards<S extends z.ZodType<ValidatorCard | MemberCard>>(
  paths: readonly string[],
  schema: S,
): z.infer<S>[] {
  const cards = paths.map((path) => {
    const result = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw new Error(`${path} is unusable at ${issue!.path.join('.') || 'its form'}: ${issue!.message}`);
  });
  for (const unique of ['name', 'address', 'admin', 'operator'] as const) {
    const values = cards
      .map((card) => (card as Record<string, unknown>)[unique])
      .filter((value) => value !== undefined);
    const twice = values.find((value, i) => values.indexOf(value) !== i);
    if (twice !== undefined) throw new Error(`two cards have the same ${unique}: ${String(twice)}`);
  }
  return cards;
}
