import { readBundle } from './bundle/read-bundle.js';
import { type BundleVerdict, verifyBundle, type VerifyOptions } from './bundle/verify-bundle.js';
import { isEvidenceFile, readEvidenceFile } from './evidence-file/read-evidence-file.js';
import { type EvidenceVerdict, verifyEvidence } from './evidence-file/verify-evidence.js';

export type FileVerdict = BundleVerdict | EvidenceVerdict;

export const isOfEvidence = (verdict: FileVerdict): verdict is EvidenceVerdict => 'text' in verdict;

/**
 * Judges a file of either kind. What an item of evidence shows does not age, so `age` counts for bundles alone. Throws
 * {@link Unusable} for what cannot be judged at all.
 */
export function verifyFile(bytes: Uint8Array, options: VerifyOptions): Promise<FileVerdict> {
  if (isEvidenceFile(bytes)) return verifyEvidence(readEvidenceFile(bytes), options.trust);
  return verifyBundle(readBundle(bytes), options);
}
