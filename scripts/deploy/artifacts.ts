import { readFileSync } from 'node:fs';
import type { InterfaceAbi } from 'ethers';

/** In the order in which they are deployed. */
export const REGISTRIES = [
  'MemberRegistry',
  'OrderRegistry',
  'ReceivableRegistry',
  'AccessGrants',
  'EvidenceAnchor',
] as const;
export type Registry = (typeof REGISTRIES)[number];
/** All that is deployed; the annex is code of the receivable registry. */
export type Deployable = Registry | 'ReceivableAnnex' | 'ERC1967Proxy';

/** The registry whose proxy a constructor parameter wants, by its name. */
export const PARAMETERS: Record<string, Registry> = {
  members: 'MemberRegistry',
  orders: 'OrderRegistry',
  receivables: 'ReceivableRegistry',
};

export interface Artifact {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

/** Creation code and ABI of each contract to deploy, as `npm run generate` wrote them. */
export function loadArtifacts(): Record<Deployable, Artifact> {
  const file = new URL('../generated/bytecode.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<Deployable, Artifact>;
}
