import { z } from 'zod';
import { hex32 } from '../../kernel/hex-schema.js';
import type { Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import { type EvidenceItem, readItem } from './evidence-item.js';
import { rootFrom } from './hash-tree.js';
import { itemLeaf } from './parcel.js';

export const PROOF_FORMAT = 'tradeproof/evidence/v1';

/** More siblings than a tree over all batches' items could have. */
const MOST_SIBLINGS = 64;

/** An item of evidence with what leads from it to the chain: whoever is given it can check it. */
export const evidenceProof = z.strictObject({
  format: z.literal(PROOF_FORMAT),
  registry: hex32.describe(
    "EIP-712 domain separator of the EvidenceAnchor that has its batch: this chain's and no other's.",
  ),
  member: z.string().min(1).max(64).describe('Short name of the member whose batch it is in: whose word it is.'),
  batch: z.int().positive().describe("Number in the member's chain of batches."),
  salt: hex32,
  text: z.string().max(65_536).describe('The item as it was sent. Its leaf is that of (salt, "/evidence", text).'),
  proof: z
    .array(hex32)
    .max(MOST_SIBLINGS)
    .describe("Siblings from the leaf to the batch's root, as EvidenceAnchor.proves takes them."),
});
export type EvidenceProof = z.output<typeof evidenceProof>;

/** A batch as the chain has it. */
export interface AnchoredBatch {
  readonly root: Hex;
  readonly leaves: number;
  readonly block: number;
  /** Block time, seconds. */
  readonly anchoredAt: number;
}

export const ITEM_FAULTS = {
  EVIDENCE_OF_ANOTHER_REGISTRY: 'the proof is about a registry that is not this one',
  EVIDENCE_BATCH_UNKNOWN: 'the chain, as this node has indexed it, has no such batch of the member',
  EVIDENCE_NOT_IN_BATCH: 'text, salt and proof do not lead to the root that the chain has',
  EVIDENCE_ITEM_MALFORMED: 'what is in the batch is no item of evidence',
} as const;
export type ItemFault = keyof typeof ITEM_FAULTS;

/** What a proof shows by the chain's word. */
export interface ItemVerdict {
  readonly valid: boolean;
  readonly item: EvidenceItem | null;
  readonly fault: ItemFault | null;
}

/** Holds a proof against the batch that it names, undefined where the chain has none. Pure; whoever has the chain can do it. */
export function judgeItem(proof: EvidenceProof, registry: Hex, anchored: AnchoredBatch | undefined): ItemVerdict {
  if (proof.registry !== registry) return refused('EVIDENCE_OF_ANOTHER_REGISTRY');
  if (!anchored) return refused('EVIDENCE_BATCH_UNKNOWN');
  if (rootFrom(itemLeaf(proof), proof.proof) !== anchored.root) return refused('EVIDENCE_NOT_IN_BATCH');
  try {
    return { valid: true, item: readItem(proof.text), fault: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return refused('EVIDENCE_ITEM_MALFORMED');
  }
}

function refused(fault: ItemFault): ItemVerdict {
  return { valid: false, item: null, fault };
}
