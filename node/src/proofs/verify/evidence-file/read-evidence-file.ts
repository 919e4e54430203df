import type { Hex } from '../../../kernel/hex.js';
import { keccak256Hex } from '../../../kernel/keccak.js';
import { canonicalJson, parseJson } from '../canonical-json.js';
import { firstIssue } from '../first-issue.js';
import { Unusable } from '../unusable.js';
import type { EvidenceFile } from './evidence-file.js';
import { EVIDENCE_FILE_VERSION, EVIDENCE_REGISTRIES, evidenceFileSchema } from './schema.js';

/** Most bytes of such a file that are read: an item and a lineage of many changes of validators. */
const MAX_BYTES = 32 * 1024 * 1024;

/** What such a file has in it and, since it is in its one form, no other has: a value of text would have its quotes escaped. */
const MARK = '"format":"tradeproof-evidence"';

export function isEvidenceFile(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(MARK);
}

/** The file: canonical JSON with its digest. */
export function writeEvidenceFile(content: Omit<EvidenceFile, 'digest' | 'format' | 'version'>): string {
  const whole = { ...content, format: 'tradeproof-evidence' as const, version: EVIDENCE_FILE_VERSION };
  return canonicalJson({ ...whole, digest: digestOf(whole) });
}

/** Throws {@link Unusable} for what is no such file in its one form. */
export function readEvidenceFile(bytes: Uint8Array): EvidenceFile {
  const value = parseJson(bytes, MAX_BYTES, true);
  const { version } = (value ?? {}) as { version?: unknown };
  const result = evidenceFileSchema.safeParse(value);
  if (!result.success && version !== EVIDENCE_FILE_VERSION)
    throw new Unusable('VERSION_UNKNOWN', `The evidence is of another version than ${EVIDENCE_FILE_VERSION}.`);
  if (!result.success) throw new Unusable('MALFORMED', `Not evidence at ${firstIssue(result.error)}.`);
  const file = value as EvidenceFile;
  const { digest, ...content } = file;
  if (digestOf(content) !== digest)
    throw new Unusable('DIGEST_MISMATCH', 'The file is damaged: it is not as its maker wrote it.');
  requireOrdered(file);
  return file;
}

const digestOf = (content: object): Hex => keccak256Hex(canonicalJson(content));

function requireOrdered({ state }: EvidenceFile): void {
  if (state.map(({ contract }) => contract).join() !== EVIDENCE_REGISTRIES.join())
    throw new Unusable('MALFORMED', 'Not evidence: the registries are not in their order.');
  const unordered = state.some(({ storage }) => storage.some(({ slot }, i) => i > 0 && slot <= storage[i - 1]!.slot));
  if (unordered) throw new Unusable('MALFORMED', 'Not evidence: slots are not in ascending order.');
}
