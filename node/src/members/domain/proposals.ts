import { toBytes, toHex, type Hex } from '../../kernel/hex.js';
import { type AbiType, type AbiValue, decodeFields, encodeFields } from './abi-fields.js';

interface KindOfProposal {
  readonly number: number;
  readonly fields: Readonly<Record<string, AbiType>>;
  /** abi.encode of one dynamic struct begins with where it begins */
  readonly struct?: boolean;
}

/** What the chambers decide by vote: the registry's number of each kind, and the fields of its payload in their order. */
export const PROPOSAL_KINDS = {
  ADMIT: {
    number: 1,
    fields: { admin: 'address', roles: 'uint', chamber: 'uint', name: 'string', endpoint: 'string' },
    struct: true,
  },
  SUSPEND: { number: 2, fields: { member: 'uint' } },
  REINSTATE: { number: 3, fields: { member: 'uint' } },
  SET_ROLES: { number: 4, fields: { member: 'uint', roles: 'uint' } },
  REPLACE_ADMIN: { number: 5, fields: { member: 'uint', admin: 'address' } },
  UPGRADE: {
    number: 6,
    fields: { proxy: 'address', implementation: 'address', codeHash: 'bytes32', migration: 'bytes' },
  },
  REMOVE_ENTITY: { number: 7, fields: { entity: 'bytes32', member: 'uint', newMember: 'uint' } },
  OVERRULE_LENDER: { number: 8, fields: { registry: 'address', receivable: 'bytes32' } },
} as const satisfies Record<string, KindOfProposal>;
export type ProposalKind = keyof typeof PROPOSAL_KINDS;

const STRUCT_AT = encodeFields(['uint'], [32]);

/** The payload of a proposal; `values` by field name. */
export function encodePayload(kind: ProposalKind, values: Readonly<Record<string, AbiValue>>): Hex {
  const { fields, struct }: KindOfProposal = PROPOSAL_KINDS[kind];
  const names = Object.keys(fields);
  const encoded = encodeFields(
    Object.values(fields),
    names.map((name) => values[name]!),
  );
  return toHex(struct ? Buffer.concat([STRUCT_AT, encoded]) : encoded);
}

/** The kind with the registry's number. */
export function proposalKindOf(number: number): ProposalKind {
  const kind = (Object.keys(PROPOSAL_KINDS) as ProposalKind[]).find((name) => PROPOSAL_KINDS[name].number === number);
  if (!kind) throw new RangeError(`no kind of proposal has the number ${number}`);
  return kind;
}

/** The values of a payload by field name; null when no node encodes them like this, though the contract may understand it. */
export function decodePayload(kind: ProposalKind, payload: Hex): Record<string, AbiValue> | null {
  const { fields, struct }: KindOfProposal = PROPOSAL_KINDS[kind];
  const data = toBytes(payload);
  try {
    const values = decodeFields(Object.values(fields), struct ? data.subarray(STRUCT_AT.length) : data);
    return Object.fromEntries(Object.keys(fields).map((name, index) => [name, values[index]!]));
  } catch {
    return null;
  }
}
