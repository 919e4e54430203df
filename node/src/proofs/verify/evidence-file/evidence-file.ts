import type { Hex } from '../../../kernel/hex.js';
import type { BundledState } from '../bundle/bundle.js';
import type { EvidenceRegistry } from './schema.js';

/** An item of evidence with its proof, read; docs/spec/evidence.md says what each member is. */
export interface EvidenceFile {
  readonly format: 'tradeproof-evidence';
  readonly version: 1;
  readonly digest: Hex;
  readonly chainId: number;
  readonly member: { readonly name: string; readonly number: number };
  readonly batch: number;
  readonly root: Hex;
  readonly salt: Hex;
  readonly text: string;
  readonly proof: readonly Hex[];
  readonly header: Hex;
  readonly lineage: readonly (readonly Hex[])[];
  readonly state: readonly BundledState<EvidenceRegistry>[];
}
