import { AbiCoder, id, keccak256, toBeHex } from 'ethers';
import type {
  StorageLayout as Layout,
  StorageType,
  StorageVariable,
} from '../../node/src/proofs/verify/storage-layout.js';

/** As solc puts it out: `types` is null where nothing is stored. */
export type StorageLayout = Pick<Layout, 'storage'> & { readonly types: Layout['types'] | null };

/** First slot of an ERC-7201 namespace. */
export function namespaceSlot(namespace: string): bigint {
  const word = AbiCoder.defaultAbiCoder().encode(['uint256'], [BigInt(id(namespace)) - 1n]);
  return BigInt(keccak256(word)) & ~0xffn;
}

/**
 * Throws unless the registry's variables fill slots from the start of its own namespace on. An empty layout is what
 * solc gives for variables that assembly places: a snapshot of it could never fail.
 */
export function requireNamespace(name: string, { storage }: StorageLayout): void {
  if (storage.length === 0) throw new Error(`the storage layout of ${name} is empty`);
  const base = namespaceSlot(`tradeproof.storage.${name}`);
  if (BigInt(storage[0]!.slot) !== base) throw new Error(`the storage of ${name} begins not at ${toBeHex(base)}`);
}

/** The layout without what depends on the rest of the build: syntax tree numbers and source names. */
export function bareLayout({ storage, types }: StorageLayout): StorageLayout {
  const entries = Object.entries(types ?? {}).map(([name, type]) => [bareName(name), bareType(type)] as const);
  const bare = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  if (Object.keys(bare).length !== entries.length) throw new Error('two structs of one name in a storage layout');
  return { storage: storage.map(bareVariable), types: bare };
}

const bareName = (type: string): string => type.replace(/\)\d+_storage/g, ')_storage').replace(/\)\d+/g, ')');

const bareVariable = ({ label, slot, offset, type }: StorageVariable): StorageVariable => ({
  label,
  slot,
  offset,
  type: bareName(type),
});

function bareType({ encoding, label, numberOfBytes, key, value, base, members }: StorageType): StorageType {
  return {
    encoding,
    label,
    numberOfBytes,
    ...(key && { key: bareName(key) }),
    ...(value && { value: bareName(value) }),
    ...(base && { base: bareName(base) }),
    ...(members && { members: members.map(bareVariable) }),
  };
}
