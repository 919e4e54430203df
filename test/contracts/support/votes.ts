import { AbiCoder, hexlify, randomBytes } from 'ethers';
import type { Consortium, TestMember } from './consortium.js';

export const KIND = {
  ADMIT: 1,
  SUSPEND: 2,
  REINSTATE: 3,
  SET_ROLES: 4,
  REPLACE_ADMIN: 5,
  UPGRADE: 6,
  REMOVE_ENTITY: 7,
  OVERRULE_LENDER: 8,
} as const;
export type Kind = keyof typeof KIND;

/** ABI types of each kind's payload, as contracts/members/libraries/ProposalKinds.sol says. */
const PAYLOAD: Record<Kind, readonly string[]> = {
  ADMIT: ['tuple(address admin,uint8 roles,uint8 chamber,string name,string endpoint)'],
  SUSPEND: ['uint32'],
  REINSTATE: ['uint32'],
  SET_ROLES: ['uint32', 'uint8'],
  REPLACE_ADMIN: ['uint32', 'address'],
  UPGRADE: ['address', 'address', 'bytes32', 'bytes'],
  REMOVE_ENTITY: ['bytes32', 'uint32', 'uint32'],
  OVERRULE_LENDER: ['address', 'bytes32'],
};

export const random32 = () => hexlify(randomBytes(32));
export const payloadOf = (kind: Kind, ...values: readonly unknown[]) =>
  AbiCoder.defaultAbiCoder().encode(PAYLOAD[kind], values);

/** Arguments of `propose` for what `values` say. */
export const proposalOf = (kind: Kind, ...values: readonly unknown[]) =>
  [KIND[kind], payloadOf(kind, ...values), random32(), random32()] as const;

/** Makes a proposal by the first member and returns its id. */
export async function propose(consortium: Consortium, kind: Kind, ...values: readonly unknown[]): Promise<string> {
  const registry = consortium.registry('MemberRegistry');
  const sent = await registry.send(consortium.members[0]!.operator, 'propose', ...proposalOf(kind, ...values));
  return sent.events[0]!.args['proposal'] as string;
}

/** Each of `voters` approves. */
export async function approve(consortium: Consortium, proposal: string, voters: readonly TestMember[]): Promise<void> {
  for (const voter of voters) await consortium.registry('MemberRegistry').send(voter.operator, 'vote', proposal, true);
}

/** Makes a proposal, lets every member of a chamber approve it, and executes it. */
export async function decide(consortium: Consortium, kind: Kind, ...values: readonly unknown[]): Promise<void> {
  const registry = consortium.registry('MemberRegistry');
  const proposal = await propose(consortium, kind, ...values);
  const voters: TestMember[] = [];
  for (const each of consortium.members) {
    const { status } = await registry.read<{ status: number }>('member', each.id);
    if (each.chamber !== 0 && status === 1) voters.push(each);
  }
  await approve(consortium, proposal, voters);
  await registry.send(consortium.members[0]!.operator, 'execute', proposal);
}
