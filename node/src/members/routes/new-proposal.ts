import { z } from 'zod';
import { type Hex, parseHex } from '../../kernel/hex.js';
import type { AbiValue } from '../domain/abi-fields.js';
import type { ProposalKind } from '../domain/proposals.js';
import { CHAMBERS, maskOf } from '../domain/roles.js';
import { chamberName, memberRole } from './member.view.js';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const roles = z.array(memberRole).min(1);
const reason = z.string().min(1).max(4000).describe('Only its salted hash goes on chain.');
const legalEntity = z.string().min(3).max(200).describe('scheme:id, as in POST /v1/legal-entities.');
const member = z.string().describe('Short name.');

/** no member has this number */
const NOBODY = 0;

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
      .describe('Call of the new code, made once as it takes over; no upgrade itself.')
      .default('0x'),
  }),
  z.strictObject({
    kind: z.literal('REMOVE_ENTITY').describe('Takes a legal entity from the member that registered it.'),
    reason,
    entity: legalEntity,
    member: member.describe('Short name of the member that has it.'),
    newMember: member.describe('Short name of the member that gets it; left out, it is free.').optional(),
  }),
  z.strictObject({
    kind: z.literal('OVERRULE_LENDER').describe("Ends a silent lender's claim; the lenders' chamber decides alone."),
    reason,
    receivable: z
      .string()
      .regex(/^0x[0-9a-fA-F]{64}$/)
      .describe('Settled, its release demanded ten days ago.'),
  }),
]);
export type NewProposal = z.output<typeof newProposal>;

/**
 * The fields of the payload as the contract has them; `numberOf` gives a member's number by its name, `hashOf` a legal
 * entity's salted hash; `receivableRegistry` is the proxy that decides on a silent lender.
 */
export async function payloadOf(
  { kind, reason: _, ...what }: NewProposal,
  numberOf: (name: string) => Promise<number>,
  hashOf: (entity: string) => Hex,
  receivableRegistry: Hex,
): Promise<{ kind: ProposalKind; values: Record<string, AbiValue> }> {
  const values: Record<string, AbiValue> = {
    ...(kind === 'REMOVE_ENTITY' && { newMember: NOBODY }),
    ...(kind === 'OVERRULE_LENDER' && { registry: receivableRegistry }),
  };
  for (const [field, value] of Object.entries(what)) {
    if (field === 'roles') values[field] = maskOf(value as never);
    else if (field === 'chamber') values[field] = CHAMBERS.indexOf(value as never);
    else if (field === 'member' || field === 'newMember') values[field] = await numberOf(value as string);
    else if (field === 'entity') values[field] = hashOf(value as string);
    else if (field === 'name' || field === 'endpoint') values[field] = value as string;
    else values[field] = parseHex(value);
  }
  return { kind, values };
}
