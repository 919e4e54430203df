import type { EvidenceFile } from '../evidence-file/evidence-file.js';
import { readEvidenceFile, writeEvidenceFile } from '../evidence-file/read-evidence-file.js';
import { trimmed } from '../qbft/trim-seals.js';
import { readHeader } from '../qbft/sealed-header.js';
import { sealedHeader, type Validator } from './qbft-chain.js';

/** The file with members changed and its digest made to fit, as a forger would. */
export function rewriteEvidence(file: string, change: (file: EvidenceFile) => Partial<EvidenceFile>): string {
  const { digest: _, format: _format, version: _version, ...content } = readEvidenceFile(Buffer.from(file));
  return writeEvidenceFile({ ...content, ...change(readEvidenceFile(Buffer.from(file))) });
}

/** As the same state would stand on a chain with these validators, sealed by `sealers`. */
export function sealedEvidence(file: string, set: readonly Validator[], sealers = set): string {
  return rewriteEvidence(file, ({ header }) => {
    const { number, timestamp, stateRoot } = readHeader(header)!;
    return { header: trimmed(sealedHeader({ number, timestamp, stateRoot, set, sealers })) };
  });
}
