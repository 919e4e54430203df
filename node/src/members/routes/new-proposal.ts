import { z } from 'zod';
import { parseHex } from '../../kernel/hex.js';
import type { AbiValue } from '../domain/abi-fields.js';
import type { ProposalKind } from '../domain/proposals.js';
import { CHAMBERS, maskOf } from '../domain/roles.js';
import { chamberName, memberRole } from './member.view.js';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const roles = z.array(memberRole).min(1);
const reason = z.string().min(1).max(4000).describe('Only its salted hash goes on chain.');
const member = z.string().describe('Short name.');

export const newProposal = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ADMIT'),
    reason,
    name: z.string().regex(/^[a-z0-9-]{1,32}$/),
    admin: address,
    roles,
    chamber: chamberName.default('NONE'),
    endpoint: z.url().max(256),
  }),
  z.strictObject({ kind: z.literal('SUSPEND'), reason, member }),
  z.strictObject({ kind: z.literal('REINSTATE'), reason, member }),
  z.strictObject({ kind: z.literal('SET_ROLES'), reason, member, roles }),
  z.strictObject({ kind: z.literal('REPLACE_ADMIN'), reason, member, admin: address }),
  z.strictObject({
    kind: z.literal('UPGRADE'),
    reason,
    proxy: address,
    implementation: address,
    codeHash: z.string().regex(/^0x[0-9a-fA-F]{64}$/),
    migration: z
      .string()
      .regex(/^0x([0-9a-fA-F]{2})*$/)
      .default('0x'),
  }),
]);
export type NewProposal = z.output<typeof newProposal>;

/** The fields of the payload as the contract has them; `numberOf` gives a member's number by its name. */
export async function payloadOf(
  { kind, reason: _, ...what }: NewProposal,
  numberOf: (name: string) => Promise<number>,
): Promise<{ kind: ProposalKind; values: Record<string, AbiValue> }> {
  const values: Record<string, AbiValue> = {};
  for (const [field, value] of Object.entries(what)) {
    if (field === 'roles') values[field] = maskOf(value as never);
    else if (field === 'chamber') values[field] = CHAMBERS.indexOf(value as never);
    else if (field === 'member') values[field] = await numberOf(value as string);
    else if (field === 'name' || field === 'endpoint') values[field] = value as string;
    else values[field] = parseHex(value);
  }
  return { kind, values };
}
