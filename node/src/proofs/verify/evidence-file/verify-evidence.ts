import { readItem } from '../../../evidence/domain/evidence-item.js';
import { hashWords } from '../../../kernel/abi-words.js';
import { timeOf } from '../../../kernel/block-time.js';
import { type Hex, toBytes, toHex } from '../../../kernel/hex.js';
import { fieldLeaf, hashPair } from '../../../kernel/merkle.js';
import { Problem } from '../../../kernel/problem.js';
import { judgeFinality } from '../bundle/judge-finality.js';
import { proveRegistry, StateRefused } from '../bundle/prove-state.js';
import { type Fragment, type FragmentKind, invalid, isValid, valid, type Verdict } from '../fragment.js';
import { requireHeader } from '../qbft/require-header.js';
import { ZERO_32 } from '../state-proof.js';
import type { Trust } from '../trust/trust.js';
import { Unusable } from '../unusable.js';
import { AnchorState } from './anchor-state.js';
import type { EvidenceFile } from './evidence-file.js';

const PATH = '/evidence';
/** What can be asked of an item: it has no state, no cover and no lender. */
const KINDS: readonly FragmentKind[] = ['INTEGRITY', 'ISSUANCE', 'FINALITY'];

/** A verdict on an item of evidence: whose word it is, and what it says, are part of the answer. */
export interface EvidenceVerdict extends Verdict {
  readonly member: EvidenceFile['member'];
  readonly batch: number;
  /** As it was sent; believed only if the verdict is valid. */
  readonly text: string;
}

/**
 * Judges an item of evidence with nothing but its file and a trust file. Never says that there is nothing else, nor that what
 * the item says is so. Throws {@link Unusable} for what cannot be judged at all.
 */
export async function verifyEvidence(file: EvidenceFile, trust: Trust): Promise<EvidenceVerdict> {
  const header = requireHeader(file.header);
  const lineage = file.lineage.map((change) => change.map(requireHeader));
  const finality = judgeFinality(header, lineage, trust);
  const time = timeOf(header.timestamp);
  const anchored = await judgeAnchored(file, header.stateRoot, trust, `by block ${header.number}, ${time}`);
  const fragments = [judgeText(file), anchored, finality.fragment];
  const { member, batch, text } = file;
  return {
    valid: isValid(finality.trust, fragments, KINDS),
    trust: finality.trust,
    ...{ member, batch, text },
    asOfBlock: { number: header.number, hash: header.hash, time },
    fragments,
  };
}

function judgeText({ salt, text, proof, root }: EvidenceFile): Fragment {
  const leaf = fieldLeaf(toBytes(salt), PATH, text);
  const led = toHex(proof.reduce<Uint8Array>((node, sibling) => hashPair(node, toBytes(sibling)), leaf));
  if (led !== root)
    return invalid('INTEGRITY', 'EVIDENCE_NOT_IN_BATCH', 'Text, salt and proof do not lead to the root that is shown.');
  if (isItem(text)) return valid('INTEGRITY', 'The item, as it is shown, is in the batch.');
  return invalid('INTEGRITY', 'EVIDENCE_ITEM_MALFORMED', 'What is in the batch is no item of evidence.');
}

/** As a node reads it: other software may have anchored anything, such as a key twice, which two readers take for two things. */
function isItem(text: string): boolean {
  try {
    readItem(text);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

async function judgeAnchored(file: EvidenceFile, stateRoot: Hex, trust: Trust, by: string): Promise<Fragment> {
  const { member, batch, root } = file;
  try {
    const [before, head] = await provenHeads(file, stateRoot, trust);
    if (head === ZERO_32)
      return invalid('ISSUANCE', 'EVIDENCE_BATCH_UNKNOWN', `${member.name} had anchored no batch ${batch} ${by}.`);
    if (hashWords(before, root) !== head)
      return invalid('ISSUANCE', 'EVIDENCE_ROOT_MISMATCH', `${member.name} anchored another batch ${batch}.`);
    return valid('ISSUANCE', `${member.name} had anchored it in its batch ${batch} ${by}.`, { member, batch, root });
  } catch (error) {
    if (error instanceof StateRefused) return invalid('ISSUANCE', error.code, error.message);
    throw error;
  }
}

/** Throws {@link StateRefused} when slots are not proven, each relied on and none beside, or the name is another member's. */
async function provenHeads(file: EvidenceFile, stateRoot: Hex, trust: Trust): Promise<readonly [Hex, Hex]> {
  if (file.chainId !== trust.chainId)
    throw new StateRefused(
      'CHAIN_MISMATCH',
      `The file is of chain ${file.chainId}, your trust file of chain ${trust.chainId}.`,
    );
  const { MemberRegistry, EvidenceAnchor } = trust.contracts;
  if (!EvidenceAnchor) throw new Unusable('TRUST_INCOMPLETE', 'Your trust file pins no EvidenceAnchor.');
  const [members, anchors] = await Promise.all([
    proveRegistry(file.state[0]!, stateRoot, MemberRegistry),
    proveRegistry(file.state[1]!, stateRoot, EvidenceAnchor),
  ]);
  const state = new AnchorState({ MemberRegistry: members.layout, EvidenceAnchor: anchors.layout });
  const needed = state.slots(file);
  for (const { contract, storage } of file.state) {
    if (needed[contract].some((slot) => !storage.some((given) => given.slot === slot)))
      throw new StateRefused('SLOT_NOT_PROVEN', `The file lacks the proof of a slot of ${contract} that it relies on.`);
    if (storage.length !== needed[contract].length)
      throw new StateRefused('SLOT_SURPLUS', `The file proves slots of ${contract} that it does not rely on.`);
  }
  if (state.named(file, members.account.slots) !== file.member.number)
    throw new StateRefused(
      'NAME_MISMATCH',
      `Member ${file.member.number} does not bear the name that the file gives it.`,
    );
  return state.heads(file, anchors.account.slots);
}
