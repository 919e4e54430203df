export { EvidenceModule } from './evidence.module.js';
export { EvidenceProofs } from './queries/evidence-proofs.js';
export { EvidenceViews } from './queries/evidence-views.js';
