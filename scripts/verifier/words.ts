import type { Fragment, FragmentKind, FragmentStatus, Trust } from '../../node/src/proofs/verify/fragment.js';
import type { Checkpoint, Trust as TrustPinned } from '../../node/src/proofs/verify/trust/trust.js';
import { type FileVerdict, isOfEvidence } from '../../node/src/proofs/verify/verify-file.js';
import { printable } from './printable.js';

/** What each kind of fragment is about, as a credit officer would ask it. */
export const QUESTIONS: Record<FragmentKind, string> = {
  INTEGRITY: 'Are the figures the ones committed to?',
  ISSUANCE: 'Did the right parties sign it?',
  STATUS: 'Does it stand, and is the proof recent?',
  FULFILMENT: 'Is everything known that was received?',
  COVER: 'What is it worth?',
  ENCUMBRANCE: 'Is it free of other lenders?',
  MEMBERSHIP: 'Are the parties members in good standing?',
  FINALITY: 'Did the validators seal it?',
};

export const MARKS: Record<FragmentStatus, string> = {
  VALID: 'yes',
  INVALID: 'NO',
  SKIPPED: 'not shown',
  ERROR: 'ERROR',
};

const TRUSTS: Record<Trust, string> = {
  'validator-quorum': 'the seals of a quorum of the validators in your trust file',
  'own-rpc': 'your own node',
  unsealed: 'nothing but its maker’s word: no quorum of validators that you trust has sealed this block',
};

/** The verdict in a sentence. */
export function headline(verdict: FileVerdict): string {
  const { valid, asOfBlock, fragments } = verdict;
  const what = subjectOf(verdict);
  const when = `as of block ${asOfBlock.number}, ${asOfBlock.time}`;
  if (valid) return `VALID. ${what} holds ${when}.`;
  const failed = firstFailing(fragments);
  return `NOT VALID. ${what}, ${when}: ${failed ? failed.reason.message : 'nothing was judged.'}`;
}

function subjectOf(verdict: FileVerdict): string {
  if (isOfEvidence(verdict)) return `Evidence in batch ${verdict.batch} of ${verdict.member.name}`;
  const { subject, members } = verdict;
  // Parties, of whom none need be who holds the claim.
  const kind = subject.kind === 'ORDER' ? 'Order' : 'Receivable';
  return `${kind} ${subject.id.slice(0, 10)}… between ${members.map(({ name }) => name).join(' and ')}`;
}

/** What a valid item of evidence says, and of what it is no proof; nothing for other files. */
export function saying(verdict: FileVerdict): string[] {
  if (!isOfEvidence(verdict) || !verdict.valid) return [];
  return [`It is ${verdict.member.name}'s word, and not proven by being anchored:`, `  ${printable(verdict.text)}`];
}

/** The first fact that fails; where none does, the first that was not shown. */
function firstFailing(fragments: readonly Fragment[]): Fragment | undefined {
  return (
    fragments.find(({ status }) => status === 'INVALID' || status === 'ERROR') ??
    fragments.find(({ status }) => status === 'SKIPPED')
  );
}

/** With the block that was pinned: whose trust file it was can be told by its hash alone. */
export function restsOn({ trust, fragments }: FileVerdict): string {
  const finality = fragments.find(({ kind }) => kind === 'FINALITY');
  const pinned = finality?.data?.['checkpoint'] as BlockPinned | undefined;
  const from = trust === 'validator-quorum' && pinned ? `, which pins ${blockPinned(pinned)}` : '';
  return `This rests on ${TRUSTS[trust]}${from}.`;
}

type BlockPinned = Pick<Checkpoint, 'number' | 'hash'>;

const blockPinned = ({ number, hash }: BlockPinned): string => `block ${number}, ${hash}`;

/** What a trust file pins, for its reader to compare with another's. */
export function pinsOf({ chainId, checkpoints, owners }: TrustPinned): string {
  const newest = checkpoints.at(-1)!;
  const whose = [...new Set(newest.validators.map((address) => owners.get(address)))].join(', ');
  return `chain ${chainId}, checkpoint ${blockPinned(newest)}, validators of ${whose || 'nobody'}`;
}

/** The whole verdict as lines of text, of which none can hold a line of a stranger's. */
export function describe(verdict: FileVerdict): string {
  const width = Math.max(...Object.values(QUESTIONS).map((question) => question.length));
  const lines = verdict.fragments.map(({ kind, status, reason: { code, message } }) => {
    const answer = status === 'VALID' ? message : `${message} [${code}]`;
    return `  ${QUESTIONS[kind].padEnd(width)}  ${MARKS[status].padEnd(9)}  ${answer}`;
  });
  return [headline(verdict), '', ...lines, '', ...saying(verdict), restsOn(verdict)].map(printable).join('\n');
}
