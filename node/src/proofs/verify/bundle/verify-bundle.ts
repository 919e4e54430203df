import { timeOf } from '../../../kernel/block-time.js';
import type { Hex } from '../../../kernel/hex.js';
import {
  type Fragment,
  FRAGMENT_KINDS,
  inOrder,
  invalid,
  isValid,
  skipped,
  type Trust as TrustLevel,
  type Verdict,
} from '../fragment.js';
import { judgeIntegrity } from '../judge-integrity.js';
import { judgeOrder } from '../judge-order.js';
import { judgeReceivable } from '../judge-receivable.js';
import { requireHeader } from '../qbft/require-header.js';
import type { SealedHeader } from '../qbft/sealed-header.js';
import type { Trust } from '../trust/trust.js';
import type { Bundle } from './bundle.js';
import { BundleEvidence } from './evidence-of.js';
import { judgeAge } from './judge-age.js';
import { judgeFinality } from './judge-finality.js';
import { proveState, StateRefused } from './prove-state.js';

/** How old a block may be for its bundle to tell what is now, unless whoever verifies says otherwise. */
export const DEFAULT_MAX_AGE_SECONDS = 3600;

export interface VerifyOptions {
  readonly trust: Trust;
  /** Clock and limit, in seconds; absent: judged as of the block, without a clock. */
  readonly age?: { readonly now: number; readonly max: number };
  /** One-time accounts of whoever verifies: what they encumber is its own. */
  readonly accounts?: ReadonlySet<Hex>;
  /**
   * Whether a chain that whoever verifies runs itself has a block of this number and hash: then that is what the verdict
   * rests on where no seals were checked.
   */
  readonly onOwnChain?: (number: number, hash: Hex) => Promise<boolean>;
}

/** A verdict on a file: what it is about is part of the answer. */
export interface BundleVerdict extends Verdict {
  readonly subject: Bundle['subject'];
  readonly members: readonly { readonly number: number; readonly name: string }[];
}

/**
 * Judges a bundle with nothing but itself and a trust file. All fragments are judged, whatever failed before. Throws
 * {@link Unusable} for what cannot be judged at all.
 */
export async function verifyBundle(bundle: Bundle, options: VerifyOptions): Promise<BundleVerdict> {
  const header = requireHeader(bundle.header);
  const lineage = bundle.lineage.map((change) => change.map(requireHeader));
  const finality = judgeFinality(header, lineage, options.trust);
  const own = finality.trust === 'unsealed' && (await options.onOwnChain?.(header.number, header.hash));
  const trust: TrustLevel = own ? 'own-rpc' : finality.trust;
  const fragments = inOrder([
    ...(await judgeFacts(bundle, header, options)),
    ...(options.age ? judgeAge(header.timestamp, options.age.now, options.age.max) : []),
    own
      ? skipped('FINALITY', 'OWN_RPC', 'This node’s own endpoint has this very block; no seals were checked.')
      : finality.fragment,
  ]);
  return {
    valid: isValid(trust, fragments),
    trust,
    subject: bundle.subject,
    members: bundle.members.map(({ number, name }) => ({ number, name })),
    asOfBlock: { number: header.number, hash: header.hash, time: timeOf(header.timestamp) },
    fragments,
  };
}

async function judgeFacts(
  bundle: Bundle,
  header: SealedHeader,
  { trust, accounts }: VerifyOptions,
): Promise<Fragment[]> {
  try {
    const evidence = new BundleEvidence(bundle, await proveState(bundle, header.stateRoot, trust), trust);
    const viewpoint = { now: header.timestamp, accounts: accounts ?? new Set<Hex>() };
    const judged =
      bundle.subject.kind === 'ORDER'
        ? judgeOrder(evidence.order(), viewpoint)
        : judgeReceivable(evidence.receivable(), viewpoint);
    // The judges were given only documents that open their commitments; one that does not must not pass unseen.
    const all = judgeIntegrity(evidence.documents, new Map(evidence.documents.map(({ root, kind }) => [root, kind])));
    return judged.map((fragment) => (fragment.kind === 'INTEGRITY' && all.status !== 'VALID' ? all : fragment));
  } catch (error) {
    if (!(error instanceof StateRefused)) throw error;
    const facts = FRAGMENT_KINDS.filter((kind) => kind !== 'FINALITY');
    return facts.map((kind) => invalid(kind, error.code, error.message));
  }
}
