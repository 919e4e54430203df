import { createMerkleProof, createMPTFromProof } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** `eth_getProof`'s answer, as far as it is looked at: what the nodes prove counts, never the values beside them. */
export interface AccountProof {
  readonly address: Hex;
  readonly accountProof: readonly Hex[];
  readonly storageProof: readonly { readonly key: Hex; readonly proof: readonly Hex[] }[];
}

export interface ProvenAccount {
  readonly codeHash: Hex;
  /** Value of each proven slot, 32 bytes; zero where its absence is proven. By slot, 32 bytes. */
  readonly slots: ReadonlyMap<Hex, Hex>;
}

/** A proof that does not prove: which one, and why. */
export class ProofInvalid extends Error {}

export const ZERO_32: Hex = `0x${'00'.repeat(32)}`;
const EMPTY_TRIE: Hex = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421';

/**
 * What the proof shows of an account and the slots asked for under `stateRoot`. Throws {@link ProofInvalid} when a node is
 * missing, surplus or from another trie, when the account does not exist, or when a slot asked for is not proven.
 */
export async function proveAccount(
  stateRoot: Hex,
  address: Hex,
  slots: readonly Hex[],
  proof: AccountProof,
): Promise<ProvenAccount> {
  const account = await prove(stateRoot, toBytes(address), proof.accountProof, `account ${address}`);
  if (account === null) throw new ProofInvalid(`account ${address} does not exist`);
  const [, , storageRoot, codeHash] = RLP.decode(account) as Uint8Array[];
  if (storageRoot?.length !== 32 || codeHash?.length !== 32) throw new ProofInvalid(`account ${address} is malformed`);
  const given = new Map(proof.storageProof.map(({ key, proof: nodes }) => [word(key), nodes]));
  const proven = new Map<Hex, Hex>();
  for (const slot of slots) {
    const nodes = given.get(slot);
    if (!nodes) throw new ProofInvalid(`slot ${slot} of ${address} is not proven`);
    const value = await prove(toHex(storageRoot), toBytes(slot), nodes, `slot ${slot} of ${address}`);
    proven.set(slot, value === null ? ZERO_32 : word(toHex(RLP.decode(value) as Uint8Array)));
  }
  return { codeHash: toHex(codeHash), slots: proven };
}

/**
 * The value at `key`, or null when its absence is proven. The library alone accepts surplus nodes, so the proof must be,
 * byte for byte, the one that the trie it builds gives for this key.
 */
async function prove(root: Hex, key: Uint8Array, nodes: readonly Hex[], what: string): Promise<Uint8Array | null> {
  if (nodes.length === 0) {
    if (root === EMPTY_TRIE) return null;
    throw new ProofInvalid(`${what}: the proof is empty`);
  }
  try {
    const trie = await createMPTFromProof(nodes.map(toBytes), { root: toBytes(root), useKeyHashing: true });
    const value = await trie.get(key, true);
    const path = await createMerkleProof(trie, key);
    const same = path.length === nodes.length && path.every((node, i) => toHex(node) === nodes[i]);
    if (!same) throw new ProofInvalid(`${what}: nodes off the path`);
    return value;
  } catch (error) {
    if (error instanceof ProofInvalid) throw error;
    throw new ProofInvalid(`${what}: ${(error as Error).message}`);
  }
}

/** A quantity or byte string as a 32-byte word. */
export function word(hex: Hex): Hex {
  return `0x${hex.slice(2).padStart(64, '0')}`;
}
