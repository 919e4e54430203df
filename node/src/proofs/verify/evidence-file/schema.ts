import { z } from 'zod';
import { bytes, bytes32, lineage, stateOf, UINT32, whole } from '../bundle/schema.js';

/** Version of the form; a verifier refuses any that it does not know. */
export const EVIDENCE_FILE_VERSION = 1;

/** Registries that the proof of an item rests on, in the order of the file. */
export const EVIDENCE_REGISTRIES = ['MemberRegistry', 'EvidenceAnchor'] as const;
export type EvidenceRegistry = (typeof EVIDENCE_REGISTRIES)[number];

/** An item of evidence with the proof that its member anchored it, as docs/spec/evidence.md says it. Unknown members are refused. */
export const evidenceFileSchema = z
  .strictObject({
    batch: whole(UINT32, 'Number in the member’s chain of batches.').min(1),
    chainId: z.int().positive(),
    digest: bytes32('Keccak-256 of the file’s canonical form without this member.'),
    format: z.literal('tradeproof-evidence'),
    header: bytes('RLP of the block’s header, with exactly a quorum of seals where it has seals.'),
    lineage,
    member: z.strictObject({
      name: z.string().regex(/^[a-z0-9-]{1,32}$/),
      number: whole(UINT32, 'Its number in the member registry.'),
    }),
    proof: z.array(bytes32('Node of the batch’s tree.')).max(64).describe('From the item’s leaf to the root.'),
    root: bytes32('Root of the batch.'),
    salt: bytes32('Of the item’s leaf.'),
    state: z
      .array(stateOf(EVIDENCE_REGISTRIES))
      .length(2)
      .describe('The two registries, in the order of the enumeration.'),
    text: z.string().max(16_384).describe('The item as it was sent. Its leaf is that of (salt, "/evidence", text).'),
    version: z.literal(EVIDENCE_FILE_VERSION),
  })
  .describe('tradeproof evidence, version 1');
