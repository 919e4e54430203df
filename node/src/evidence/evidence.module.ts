import { Module } from '@nestjs/common';
import { ProjectionRegistry } from '../indexer/index.js';
import { onEvidenceAnchored } from './projection/on-evidence-anchored.js';

/** Batches of evidence anchored on chain. */
@Module({})
export class EvidenceModule {
  constructor(projections: ProjectionRegistry) {
    projections.add(onEvidenceAnchored);
  }
}
