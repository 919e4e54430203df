import type { Advance, Claim } from '../plain.js';

/** Members that have a node here. */
export const MEMBERS = ['core', 'supplier-1', 'bank-a', 'bank-b'] as const;
export type Name = (typeof MEMBERS)[number];
/** Members that have none, and approve of whatever is put to the vote. */
export const OTHERS = ['core-2', 'supplier-2'] as const;

/** Buyers, suppliers, lenders. */
export type Chamber = 0 | 1 | 2;
const LENDERS: Chamber = 2;

/** A member as the plain model has it. */
export interface Member {
  readonly name: string;
  readonly chamber: Chamber;
  active: boolean;
  /** Ordinal of the first proposal that it may vote on. */
  votingSince: number;
  /** Operator accounts that the registry lists of it. */
  readonly operators: Map<string, 'LIVE' | 'REVOKED'>;
  /** The one that its node signs with, and the one whose key lies beside. */
  operator: string;
  next: string;
}

/** A claim, and what its holder has of the buyer's word on the order behind it. */
export interface Trade {
  readonly claim: Claim;
  /** Operator account of the buyer that signed the order's tags. */
  taggedBy: string;
  /** Whether the chain has the tags: from the first lender's claim on, for ever. */
  tagged: boolean;
  /** When the holder demanded that its lender release it. */
  demandedIn: number | null;
}

export type Decision =
  | { readonly kind: 'SUSPEND' | 'REINSTATE'; readonly of: Member }
  | { readonly kind: 'OVERRULE_LENDER'; readonly of: Trade };

/** What is put to the vote. */
export interface Proposal {
  readonly id: string;
  readonly ordinal: number;
  readonly decision: Decision;
  /** Voters of each chamber when it was made. */
  readonly sizes: readonly number[];
  readonly votes: Map<string, boolean>;
  /** The time in which it was made: votes are taken for a day. */
  readonly time: number;
  status: 'VOTING' | 'PASSED' | 'EXECUTED';
}

/** The consortium as the plain model has it. */
export interface Consortium {
  readonly members: ReadonlyMap<string, Member>;
  readonly trades: Trade[];
  readonly proposals: Proposal[];
  /** How often ten days have passed. */
  time: number;
}

export const isRevoked = ({ operators, operator }: Member): boolean => operators.get(operator) === 'REVOKED';

const votersIn = ({ members }: Consortium, chamber: Chamber): Member[] =>
  [...members.values()].filter((member) => member.chamber === chamber && member.active);

export const sizesOf = (consortium: Consortium): number[] =>
  ([0, 1, 2] as const).map((chamber) => votersIn(consortium, chamber).length);

/** Two thirds of each chamber; of the lenders' alone on a lender that is silent. */
export function carried({ members }: Consortium, { decision, sizes, votes }: Proposal): boolean {
  const approvals = (chamber: number) =>
    [...votes].filter(([name, approves]) => approves && members.get(name)!.chamber === chamber).length;
  const decides = (chamber: number) => decision.kind !== 'OVERRULE_LENDER' || chamber === LENDERS;
  return sizes.every((size, chamber) => !decides(chamber) || 3 * approvals(chamber) >= 2 * size);
}

/** The advance whose lender's money is out. */
export const lentOn = ({ claim }: Trade): Advance | undefined =>
  claim.advances.find(({ status }) => status === 'DISBURSED');

/** Why it cannot be done as all stands, asked when it is put to the vote and again when it is carried out. */
export function obstacles(consortium: Consortium, { kind, of }: Decision): string[] {
  if (kind === 'OVERRULE_LENDER') {
    if (of.claim.status !== 'SETTLED') return ['RECEIVABLE_NOT_SETTLED'];
    if (!lentOn(of)) return ['ENCUMBRANCE_INVALID_TRANSITION'];
    return of.demandedIn === null || of.demandedIn === consortium.time ? ['LENDER_NOT_SILENT'] : [];
  }
  if (kind === 'REINSTATE') return of.active ? ['MEMBER_NOT_SUSPENDED'] : [];
  if (!of.active) return ['MEMBER_NOT_ACTIVE'];
  return votersIn(consortium, of.chamber).length === 1 ? ['MEMBER_LAST_OF_CHAMBER'] : [];
}

/** Whether it may still come to something: whoever can still vote may approve, and nothing stands in its way. */
export function isOpen(consortium: Consortium, proposal: Proposal): boolean {
  const { time, status, decision, ordinal, votes } = proposal;
  if (time !== consortium.time || status === 'EXECUTED' || obstacles(consortium, decision).length > 0) return false;
  const able = [...consortium.members.values()].filter((each) => each.active && each.votingSince <= ordinal);
  const all = new Map([...able.map(({ name }) => [name, true] as const), ...votes]);
  return status === 'PASSED' || carried(consortium, { ...proposal, votes: all });
}

export function carryOut({ proposals }: Consortium, { kind, of }: Decision): void {
  if (kind === 'OVERRULE_LENDER') {
    lentOn(of)!.status = 'CLOSED';
    return;
  }
  of.active = kind === 'REINSTATE';
  if (of.active) of.votingSince = proposals.length;
}

/** Ten days pass: what was offered and agreed on is over, and nothing of before is voted on any more. */
export function passTenDays(consortium: Consortium): void {
  consortium.time++;
  for (const { claim } of consortium.trades)
    for (const advance of claim.advances)
      if (advance.status === 'OFFERED' || advance.status === 'AGREED') advance.status = 'EXPIRED';
}
