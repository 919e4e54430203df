import { createMPTFromProof, type MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { keccak256, keccak256Hex } from '../../kernel/keccak.js';

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

/** What an account is made of, as far as proofs go on from it. */
export interface AccountState {
  readonly address: Hex;
  readonly storageRoot: Hex;
  readonly codeHash: Hex;
}

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
  const account = await proveAccountState(stateRoot, address, proof);
  return { codeHash: account.codeHash, slots: await proveSlots(account, slots, proof) };
}

/** The account alone, as {@link proveAccount}. */
export async function proveAccountState(
  stateRoot: Hex,
  address: Hex,
  { accountProof }: Pick<AccountProof, 'accountProof'>,
): Promise<AccountState> {
  const what = `account ${address}`;
  const accounts = await openTrie(stateRoot, [accountProof], what);
  const account = await prove(accounts, toBytes(address), accountProof, what);
  if (account === null) throw new ProofInvalid(`${what} does not exist`);
  const members = decoded(account, what);
  const [, , storageRoot, codeHash] = Array.isArray(members) ? (members as unknown[]) : [];
  if (!isHash(storageRoot) || !isHash(codeHash)) throw new ProofInvalid(`${what} is malformed`);
  return { address, storageRoot: toHex(storageRoot), codeHash: toHex(codeHash) };
}

/** The slots alone, under a storage root that is proven already; as {@link proveAccount}. */
export async function proveSlots(
  { address, storageRoot }: Pick<AccountState, 'address' | 'storageRoot'>,
  slots: readonly Hex[],
  proof: Pick<AccountProof, 'storageProof'>,
): Promise<Map<Hex, Hex>> {
  const given = new Map(proof.storageProof.map(({ key, proof: nodes }) => [word(key), nodes]));
  const unproven = slots.find((slot) => !given.has(slot));
  if (unproven) throw new ProofInvalid(`slot ${unproven} of ${address} is not proven`);
  const nodes = slots.map((slot) => given.get(slot)!);
  const storage = await openTrie(storageRoot, nodes, `storage of ${address}`);
  const proven = new Map<Hex, Hex>();
  for (const [i, slot] of slots.entries()) {
    const value = await prove(storage, toBytes(slot), nodes[i]!, `slot ${slot} of ${address}`);
    proven.set(slot, value === null ? ZERO_32 : slotValue(value, `slot ${slot} of ${address}`));
  }
  return proven;
}

/** What an invented trie holds need be no RLP, and no word. */
function slotValue(value: Uint8Array, what: string): Hex {
  const bytes = decoded(value, what);
  if (!(bytes instanceof Uint8Array) || bytes.length > 32) throw new ProofInvalid(`${what} is malformed`);
  return word(toHex(bytes));
}

function decoded(rlp: Uint8Array, what: string): unknown {
  try {
    return RLP.decode(rlp);
  } catch {
    throw new ProofInvalid(`${what} is malformed`);
  }
}

const isHash = (value: unknown): value is Uint8Array => value instanceof Uint8Array && value.length === 32;

/** The part of a trie that these proofs hold; null for the empty trie, of which no proof has a node. */
async function openTrie(
  root: Hex,
  proofs: readonly (readonly Hex[])[],
  what: string,
): Promise<MerklePatriciaTrie | null> {
  const nodes = [...new Set(proofs.flat())];
  if (root === EMPTY_TRIE || proofs.length === 0) return null;
  if (nodes.length === 0) throw new ProofInvalid(`${what}: the proof is empty`);
  try {
    return await createMPTFromProof(nodes.map(toBytes), { root: toBytes(root), useKeyHashingFunction: keccak256 });
  } catch (error) {
    throw new ProofInvalid(`${what}: ${(error as Error).message}`);
  }
}

/**
 * The value at `key`, or null when its absence is proven. The library takes nodes from anywhere, so `nodes` must be, byte for
 * byte, those on the way from the root to the key: none left out that another proof happens to bring, and none beside.
 */
async function prove(
  trie: MerklePatriciaTrie | null,
  key: Uint8Array,
  nodes: readonly Hex[],
  what: string,
): Promise<Uint8Array | null> {
  if (trie === null) {
    if (nodes.length === 0) return null;
    throw new ProofInvalid(`${what}: the trie is empty`);
  }
  try {
    const { node, remaining, stack } = await trie.findPath(keccak256(key), true);
    const path = stack.map((each) => each.serialize()).filter((bytes, i) => i === 0 || bytes.length >= HASHED_FROM);
    const same = path.length === nodes.length && path.every((bytes, i) => toHex(bytes) === nodes[i]);
    if (!same) throw new ProofInvalid(`${what}: nodes off the path`);
    return node !== null && remaining.length === 0 ? node.value() : null;
  } catch (error) {
    if (error instanceof ProofInvalid) throw error;
    throw new ProofInvalid(`${what}: ${(error as Error).message}`);
  }
}

/** Shorter nodes lie within their parent and are no element of a proof. */
const HASHED_FROM = 32;

/** A quantity or byte string as a 32-byte word. */
export function word(hex: Hex): Hex {
  return `0x${hex.slice(2).padStart(64, '0')}`;
}

/** The address in a 32-byte word. */
export function addressIn(value: Hex): Hex {
  return `0x${value.slice(-40)}`;
}

/** keccak256("eip1967.proxy.implementation") - 1, where an ERC-1967 proxy keeps its implementation. */
export const IMPLEMENTATION_SLOT = word(
  `0x${(BigInt(keccak256Hex('eip1967.proxy.implementation')) - 1n).toString(16)}`,
);
