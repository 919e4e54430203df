import type { Fragment, Verdict } from '../verify/fragment.js';
import { chainAndIndexDiffer, implementationUnknown, proofUnavailable } from './problems.js';

/** Facts of the chain itself: a file in which one of these fails was made of an index and an endpoint that differ. */
const OF_THE_CHAIN = new RegExp(
  `^(${[
    'PROOF_INVALID|SLOT_|LOG_INCOMPLETE',
    '(ORDERS|PARENT|PARTIES|NAME|OPERATOR|CHAIN|ORDER_ID)_MISMATCH',
    'ORDER_BATCH_|ORDER_NOT_(ONLY_)?IN_BATCH',
    'EVIDENCE_(NOT_IN_BATCH|BATCH_UNKNOWN|ROOT_MISMATCH)',
  ].join('|')})`,
);

/**
 * Nothing leaves this node that its own verifier would not take as proven; what it proves may be bad news. Throws
 * IMPLEMENTATION_UNKNOWN, CHAIN_AND_INDEX_DIFFER, PROOF_UNAVAILABLE.
 */
export function requireProven({ fragments, trust }: Pick<Verdict, 'fragments' | 'trust'>): void {
  const withCode = (wanted: RegExp): Fragment | undefined =>
    fragments.find(({ reason: { code } }) => wanted.test(code));
  const foreign = withCode(/^(CODE|IMPLEMENTATION)_UNKNOWN$/);
  if (foreign) throw implementationUnknown(foreign.reason.message);
  const broken = withCode(OF_THE_CHAIN);
  if (broken) throw chainAndIndexDiffer(`the chain proves other than this node's index says: ${broken.reason.message}`);
  const finality = fragments.find(({ kind }) => kind === 'FINALITY')!;
  if (trust === 'unsealed' && finality.reason.code !== 'HEADER_UNSEALED')
    throw proofUnavailable(`the block is not final by this node's trust file: ${finality.reason.message}`);
}
