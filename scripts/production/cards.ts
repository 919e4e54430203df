import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Chamber, CHAMBERS, MEMBER_ROLES, type MemberRole } from '../../node/src/members/domain/roles.js';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'lower-case letters, digits and hyphens, 32 at most');
const hex = (bytes: number) => z.string().regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`), `0x and ${bytes} bytes`);

/** What a member shows of its validator: all of it public. */
export const validatorCard = z.strictObject({
  format: z.literal('tradeproof-validator'),
  version: z.literal(1),
  name,
  address: hex(20),
  publicKey: hex(64),
  host: z.string().regex(/^[0-9a-zA-Z.:-]{1,253}$/, 'a host name or an address'),
  port: z.int().min(1).max(65_535),
});
export type ValidatorCard = z.infer<typeof validatorCard>;

/** The role that a seat in a chamber asks for. */
const ROLE_OF_SEAT: Partial<Record<Chamber, MemberRole>> = {
  CORE_ENTERPRISES: 'CORE_ENTERPRISE',
  SUPPLIERS: 'SUPPLIER',
  LENDERS: 'LENDER',
};

/** As the registry takes it. */
const plan = {
  name,
  roles: z.array(z.enum(Object.keys(MEMBER_ROLES) as [MemberRole, ...MemberRole[]])).min(1),
  chamber: z.enum(CHAMBERS),
  endpoint: z.url({ protocol: /^https?$/ }).refine((url) => Buffer.byteLength(url) <= 256, '256 bytes at most'),
};
const sits = ({ roles, chamber }: { roles: readonly MemberRole[]; chamber: Chamber }) => {
  const role = ROLE_OF_SEAT[chamber];
  return role === undefined || roles.includes(role);
};
const SEAT = { path: ['chamber'], error: 'the chamber asks for its own role' };

/** What a member is to be. */
export const memberPlan = z.strictObject(plan).refine(sits, SEAT);

/** What a member shows of itself before the registries are deployed: all of it goes on chain. */
export const memberCard = z
  .strictObject({
    format: z.literal('tradeproof-member'),
    version: z.literal(1),
    ...plan,
    admin: hex(20),
    operator: hex(20),
    keys: z.array(z.strictObject({ kind: z.int().min(1).max(3), publicKey: z.string().regex(/^0x([0-9a-f]{2})+$/) })),
  })
  .refine(sits, SEAT);
export type MemberCard = z.infer<typeof memberCard>;

/** The value, if it is as the schema says. Throws naming the field. */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${issue!.path.join('.') || 'its form'}: ${issue!.message}`);
}

/** Reads cards from files. Throws naming the file and the field, and when two have the same name or address. */
export function readCards<S extends z.ZodType<ValidatorCard | MemberCard>>(
  paths: readonly string[],
  schema: S,
): z.infer<S>[] {
  const cards = paths.map((path) => {
    try {
      return checked(schema, JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      throw new Error(`${path} is unusable: ${(error as Error).message}`, { cause: error });
    }
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
