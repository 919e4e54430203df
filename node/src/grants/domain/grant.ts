import type { Hex } from '../../kernel/hex.js';

/** What a grant's commitment is over; who has this can open it. Members by number, times are block times in seconds. */
export interface GrantOpening {
  readonly id: Hex;
  /** Owner that makes it. */
  readonly maker: number;
  readonly grantee: number;
  /** Order or receivable. */
  readonly object: Hex;
  readonly onOrder: boolean;
  readonly purpose: string;
  /** Version of the purpose's profile. */
  readonly profile: number;
  /** Pointers or patterns; of what they select, the profile's part alone unless both owners agreed. */
  readonly fields: readonly string[];
  /** First second, and the second from which it is over. */
  readonly from: number;
  readonly until: number;
  /** The financing that it is part of, if any; then it ends with that. */
  readonly financing: Hex | null;
  /** 32 random bytes. */
  readonly seed: Hex;
}

/** The other owner's word that more may be shown than the purpose's profile allows. */
export interface GrantApproval {
  /** Operator account of the member. */
  readonly account: Hex;
  readonly signature: Hex;
}

/** Whose node keeps this: the owner that made it, the other owner, or the member that may look. */
export type GrantSide = 'MAKER' | 'OWNER' | 'GRANTEE';

/** A grant as one of the three keeps it. */
export interface Grant extends GrantOpening {
  readonly side: GrantSide;
  readonly commitment: Hex;
  /** Whether it goes beyond its profile, so that it takes both owners. */
  readonly needsApproval: boolean;
  readonly approval: GrantApproval | null;
  /** Whether an owner took it back while it was proposed only. */
  readonly withdrawn: boolean;
  /** What its one-time account was derived from; at its maker alone. */
  readonly random: Hex | null;
  /** Transaction that makes it, and that ends it; at its maker alone. */
  readonly submission: string | null;
  readonly revocation: string | null;
  readonly createdAt: number;
}

/** The chain's word on a grant. */
export interface GrantOnChain {
  readonly commitment: Hex;
  /** Block times in seconds. */
  readonly madeAt: number;
  readonly revokedAt: number | null;
}
