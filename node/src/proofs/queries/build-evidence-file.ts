import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { EvidenceProofs, EvidenceViews } from '../../evidence/index.js';
import type { BlockRef } from '../../indexer/index.js';
import { Members } from '../../members/index.js';
import { AnchorState } from '../verify/evidence-file/anchor-state.js';
import { readEvidenceFile, writeEvidenceFile } from '../verify/evidence-file/read-evidence-file.js';
import { EVIDENCE_REGISTRIES } from '../verify/evidence-file/schema.js';
import { verifyEvidence } from '../verify/evidence-file/verify-evidence.js';
import { trimmed } from '../verify/qbft/trim-seals.js';
import { STORAGE_LAYOUTS } from '../verify/storage-layouts.generated.js';
import { BundleStates } from './bundle-state.js';
import { HeaderLineage } from './header-lineage.js';
import { NodeTrust } from './node-trust.js';
import { chainAndIndexDiffer, evidenceNotAnchored } from './problems.js';
import { requireProven } from './require-proven.js';
import { SteadyIndex } from './steady.js';

const anchorState = new AnchorState(STORAGE_LAYOUTS);

/** Makes files that show an item of this member's evidence to whoever has no node, as of the block that was indexed last. */
@Injectable()
export class BuildEvidenceFile {
  constructor(
    private readonly items: EvidenceViews,
    private readonly proofs: EvidenceProofs,
    private readonly members: Members,
    private readonly states: BundleStates,
    private readonly lineage: HeaderLineage,
    private readonly trust: NodeTrust,
    private readonly steady: SteadyIndex,
    private readonly config: Config,
  ) {}

  /** Throws EVIDENCE_UNKNOWN, EVIDENCE_NOT_ANCHORED, PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER, IMPLEMENTATION_UNKNOWN. */
  run(id: string): Promise<string> {
    return this.steady.read((head) => this.build(id, head));
  }

  private async build(id: string, head: BlockRef): Promise<string> {
    const [found, { id: number, name }] = await Promise.all([this.items.get(id), this.members.self()]);
    const shown = await this.proofs.of(found);
    if (!shown) throw evidenceNotAnchored('the chain has not its batch yet', { id });
    const { batch, salt, text, proof } = shown;
    const anchored = await this.proofs.batchOf(number, batch);
    if (!anchored) throw chainAndIndexDiffer('the batch was taken back meanwhile', { id });
    const place = { member: { name, number }, batch };
    const lineage = await this.lineage.upTo(head.number);
    const slots = anchorState.slots(place);
    const { header, state } = await this.states.prove(
      head,
      EVIDENCE_REGISTRIES.map((contract) => ({ contract, slots: slots[contract] })),
    );
    const content = { ...place, root: anchored.root, salt, text, proof, lineage, state };
    const file = writeEvidenceFile({ ...content, chainId: this.config.chainId, header: trimmed(header.rlp) });
    requireProven(await verifyEvidence(readEvidenceFile(Buffer.from(file)), await this.trust.current()));
    return file;
  }
}
