import { Injectable } from '@nestjs/common';
import { type BlockRef, IndexHead } from '../../indexer/index.js';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import type { Bundle } from '../verify/bundle/bundle.js';
import { proveState, StateRefused } from '../verify/bundle/prove-state.js';
import { readBundle } from '../verify/bundle/read-bundle.js';
import { type BundleVerdict, verifyBundle } from '../verify/bundle/verify-bundle.js';
import { readHeader } from '../verify/qbft/sealed-header.js';
import { PROVEN_REGISTRIES } from '../verify/chain-state.js';
import { inOrder, isValid } from '../verify/fragment.js';
import type { Trust } from '../verify/trust/trust.js';
import { Unusable } from '../verify/unusable.js';
import { changesSince, type ObjectChange } from './changes-since.js';
import { Freshness } from './freshness.js';
import { HeaderSource } from './header-source.js';
import { NodeTrust } from './node-trust.js';
import { OwnChain } from './own-chain.js';
import { bundleUnusable } from './problems.js';
import { SteadyIndex } from './steady.js';
import { Viewer } from './viewer.js';

/** How what a bundle rests on stands now, by this node's own chain. */
export interface StandsNow {
  readonly asOfBlock: { readonly number: number; readonly hash: Hex; readonly time: string };
  /** Whether every slot that the bundle rests on is as it was; null where it was so by news that are too old to tell. */
  readonly unchanged: boolean | null;
  readonly changed: readonly ObjectChange[];
}

export interface CheckedBundle extends BundleVerdict {
  /** Null when the bundle proves nothing, or its block is not one of this node's chain. */
  readonly current: StandsNow | null;
}

type Proven = Awaited<ReturnType<typeof proveState>>;

/** Verifies a bundle from outside, and asks this node's own chain what has become of it since. */
@Injectable()
export class CheckBundle {
  constructor(
    private readonly trust: NodeTrust,
    private readonly headers: HeaderSource,
    private readonly own: OwnChain,
    private readonly freshness: Freshness,
    private readonly steady: SteadyIndex,
    private readonly head: IndexHead,
    private readonly viewer: Viewer,
  ) {}

  /**
   * The verdict as of the bundle's block, its age taken by block time, which tells it only while this node keeps up with the
   * chain and that moves on; `maxAge` in seconds, null for any. Throws BUNDLE_UNUSABLE for bytes that are no bundle,
   * PROOF_UNAVAILABLE, IMPLEMENTATION_UNKNOWN.
   */
  async run(bytes: Uint8Array, maxAge: number | null): Promise<CheckedBundle> {
    try {
      return await this.check(readBundle(bytes), maxAge);
    } catch (error) {
      if (error instanceof Unusable) throw bundleUnusable(error.message, { reason: error.code });
      throw error;
    }
  }

  /** A file says the same at each reading, and may be long to judge: only what this node's chain says of it is read again. */
  private async check(bundle: Bundle, maxAge: number | null): Promise<CheckedBundle> {
    const trust = await this.trust.current();
    const objects = [...bundle.orders, ...bundle.receivables].map(({ id }) => id);
    const verdict = await verifyBundle(bundle, {
      trust,
      age: maxAge === null ? undefined : { now: this.head.current().timestamp, max: maxAge },
      accounts: this.viewer.accountsOn(objects),
      onOwnChain: (number, hash) => this.steady.read((now) => this.has(now, number, hash)),
    });
    const { number, hash } = verdict.asOfBlock;
    let proven: Promise<Proven | null> | undefined;
    const then = () => (proven ??= this.provenIn(bundle, trust));
    const { current, stale } = await this.steady.read(async (now) => {
      const judged = await this.freshness.judge(now);
      const found = (await this.has(now, number, hash)) ? await this.standsNow(now, bundle, await then()) : null;
      return { current: found && (judged.length > 0 ? untold(found) : found), stale: judged };
    });
    if (maxAge === null || stale.length === 0) return { ...verdict, current };
    const fragments = inOrder([...verdict.fragments, ...stale]);
    return { ...verdict, valid: isValid(verdict.trust, fragments), fragments, current };
  }

  private async has(head: BlockRef, number: number, hash: string): Promise<boolean> {
    if (number > head.number) return false;
    if (number === head.number) return hash === head.hash;
    try {
      return (await this.headers.at(number)).hash === hash;
    } catch (error) {
      if (error instanceof Problem && error.code === 'PROOF_UNAVAILABLE') return false;
      throw error;
    }
  }

  private async standsNow(head: BlockRef, bundle: Bundle, then: Proven | null): Promise<StandsNow | null> {
    if (then === null) return null;
    const wanted = PROVEN_REGISTRIES.map((contract) => ({ contract, slots: [...then.slots[contract].keys()] }));
    const now = await this.own.prove(head, wanted);
    const changed = changesSince(bundle, then, now);
    const asOfBlock = { number: head.number, hash: head.hash, time: timeOf(head.timestamp) };
    return { asOfBlock, unchanged: changed.length === 0, changed };
  }

  private async provenIn(bundle: Bundle, trust: Trust): Promise<Proven | null> {
    try {
      return await proveState(bundle, readHeader(bundle.header)!.stateRoot, trust);
    } catch (error) {
      if (error instanceof StateRefused) return null;
      throw error;
    }
  }
}

/** That nothing had changed by a block that is not the chain's last any more does not say that nothing has. */
const untold = (current: StandsNow): StandsNow => ({ ...current, unchanged: current.unchanged ? null : false });
