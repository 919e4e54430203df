import { statSync } from 'node:fs';
import { implementationsOf, readDeployment, type RegistryImplementation } from '../../node/src/config/index.js';
import { readTrustFile } from '../../node/src/proofs/queries/trust-file.js';
import { STORAGE_LAYOUTS } from '../../node/src/proofs/verify/storage-layouts.generated.js';
import { writeWhole } from '../lib/write-whole.js';
import type { Registry } from './artifacts.js';

/** A member's own files that say which code it accepts behind the registries. */
export interface AcceptanceFiles {
  readonly deployment: string;
  readonly trust?: string | undefined;
}

/**
 * Lists an implementation, with this release's storage layout, in a member's files; nothing is taken out of them, so it can
 * be done before the chambers have voted. Each file is replaced whole, none when one cannot be used. The paths of those that
 * had not listed it yet. Throws with the path of one that cannot be used.
 */
export function recordImplementation(
  { deployment, trust }: AcceptanceFiles,
  registry: Registry,
  next: RegistryImplementation,
): string[] {
  const added = [
    withDeployment(deployment, registry, next),
    trust === undefined ? null : withTrust(trust, registry, next),
  ].filter((file) => file !== null);
  for (const { path, content } of added)
    writeWhole(path, `${JSON.stringify(content, null, 2)}\n`, statSync(path).mode & 0o777);
  return added.map(({ path }) => path);
}

/** A file as it is to be; null where it is so already. */
type Added = { readonly path: string; readonly content: unknown } | null;

function withDeployment(path: string, registry: Registry, next: RegistryImplementation): Added {
  const deployment = readDeployment(path);
  const entry = deployment.contracts[registry];
  if (implementationsOf(entry).some(({ implementation }) => implementation === next.implementation)) return null;
  const upgraded = { ...entry, upgrades: [...(entry.upgrades ?? []), next] };
  return { path, content: { ...deployment, contracts: { ...deployment.contracts, [registry]: upgraded } } };
}

function withTrust(path: string, registry: Registry, { codeHash }: RegistryImplementation): Added {
  const trust = readTrustFile(path);
  const entry = trust.contracts[registry];
  // A file of a consortium that proves nothing of this registry.
  if (!entry || entry.implementations.some((each) => each.codeHash === codeHash)) return null;
  const implementations = [...entry.implementations, { codeHash, layout: STORAGE_LAYOUTS[registry] }];
  return { path, content: { ...trust, contracts: { ...trust.contracts, [registry]: { ...entry, implementations } } } };
}
