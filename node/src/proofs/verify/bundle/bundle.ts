import type { Disclosure } from '../../../kernel/disclosure.js';
import type { Hex } from '../../../kernel/hex.js';
import type { ProvenRegistry } from '../chain-state.js';

/** A document behind a commitment, as far as it is shown. */
export type Shown = Disclosure | null;

export interface BundledMilestone {
  readonly kind: number;
  readonly author: number;
  readonly commitment: Hex;
  readonly supersedes: Hex;
  readonly recordedAt: number;
  readonly document: Shown;
}

/** Where an order stands that is no chain object of its own. */
export interface BundledPlace {
  /** What the batch was answered with; `0x` until it is. */
  readonly bitmap: Hex;
  /** Number of the member that posted the batch. */
  readonly buyer: number;
  readonly expiry: number;
  readonly index: number;
  readonly proof: readonly Hex[];
  readonly root: Hex;
}

export interface BundledOrder {
  /** Absent for a chain object. */
  readonly batch?: BundledPlace;
  readonly id: Hex;
  readonly firstCommitment: Hex;
  readonly tag: Hex;
  readonly document: Shown;
  readonly log: readonly BundledMilestone[];
}

export interface BundledStatement {
  readonly kind: number;
  readonly commitment: Hex;
  readonly about: number;
  readonly recordedAt: number;
  readonly document: Shown;
}

export interface BundledReceivable {
  readonly id: Hex;
  /** What it is a part of; zero for a whole. */
  readonly parent: Hex;
  readonly orders: readonly Hex[];
  readonly fingerprints: readonly Hex[];
  readonly document: Shown;
  readonly log: readonly BundledStatement[];
}

export interface BundledMember {
  readonly number: number;
  readonly name: string;
  readonly operators: readonly Hex[];
}

export interface BundledState<C extends string = ProvenRegistry> {
  readonly contract: C;
  readonly account: readonly Hex[];
  readonly implementation: { readonly address: Hex; readonly account: readonly Hex[] };
  readonly storage: readonly { readonly slot: Hex; readonly proof: readonly Hex[] }[];
}

/** A proof bundle, read; docs/spec/bundle.md says what each member is. */
export interface Bundle {
  readonly format: 'tradeproof-bundle';
  readonly version: 1;
  readonly digest: Hex;
  readonly chainId: number;
  readonly subject: { readonly kind: 'ORDER' | 'RECEIVABLE'; readonly id: Hex };
  readonly members: readonly BundledMember[];
  readonly orders: readonly BundledOrder[];
  readonly receivables: readonly BundledReceivable[];
  readonly header: Hex;
  readonly lineage: readonly (readonly Hex[])[];
  readonly state: readonly BundledState[];
}
