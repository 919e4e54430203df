import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import { readRows } from '../../indexer/index.js';
import { Members } from '../../members/index.js';
import { proofIn } from '../domain/hash-tree.js';
import {
  type AnchoredBatch,
  type EvidenceProof,
  type ItemVerdict,
  judgeItem,
  PROOF_FORMAT,
} from '../domain/judge-item.js';
import { type AnchorRow, chainAnchors } from '../storage/chain-anchors.js';
import type { FoundItem } from './evidence-views.js';

/** What a proof shows, with where the chain has its batch. */
export interface JudgedProof extends ItemVerdict {
  readonly anchored: AnchoredBatch | undefined;
}

interface Nodes {
  parcel_nodes: Buffer;
  batch_nodes: Buffer;
  parcel_position: number;
}

/** Proofs of items of evidence: this member's to hand out, anyone's to judge. */
@Injectable()
export class EvidenceProofs {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: Members,
    private readonly domains: RegistryDomains,
  ) {}

  /** What leads from an item to the chain; null while the chain has it not. */
  async of({ view: { batch }, key: [parcel, position], salted }: FoundItem): Promise<EvidenceProof | null> {
    if (batch === null) return null;
    const { name: member } = await this.members.self();
    const [nodes] = await this.unitOfWork.manager.query<Nodes[]>(
      `SELECT p.nodes AS parcel_nodes, p.position AS parcel_position, b.nodes AS batch_nodes
       FROM evidence_parcels p JOIN evidence_batches b ON b.id = p.batch_id WHERE p.place = $1`,
      [parcel],
    );
    const { parcel_nodes: within, batch_nodes: above, parcel_position: place } = nodes!;
    const proof = [...proofIn(within, position), ...proofIn(above, place)];
    return { format: PROOF_FORMAT, registry: this.registry(), member, batch, ...salted, proof };
  }

  /** Holds a proof of any member's item against the chain as indexed here. Throws MEMBER_UNKNOWN. */
  async judge(proof: EvidenceProof): Promise<JudgedProof> {
    const { id } = await this.members.byName(proof.member);
    const anchored = await this.batchOf(id, proof.batch);
    return { ...judgeItem(proof, this.registry(), anchored), anchored };
  }

  /** A member's batch, undefined while the chain, as indexed here, has it not. */
  async batchOf(member: number, batch: number): Promise<AnchoredBatch | undefined> {
    const rows = await this.unitOfWork.manager.query<Record<string, unknown>[]>(
      'SELECT * FROM chain_anchors WHERE member = $1 AND batch = $2',
      [member, batch],
    );
    return readRows(chainAnchors, rows).map(toBatch)[0];
  }

  private registry() {
    return this.domains.of('EvidenceAnchor');
  }
}

function toBatch({ root, leaves, anchored_block: block, anchored_at: anchoredAt }: AnchorRow): AnchoredBatch {
  return { root, leaves, block, anchoredAt };
}
