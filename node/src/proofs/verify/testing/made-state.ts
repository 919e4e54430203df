import { MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { type Hex, toBytes, toHex } from '../../../kernel/hex.js';
import { keccak256, keccak256Hex } from '../../../kernel/keccak.js';
import type { BundledState } from '../bundle/bundle.js';
import { PROVEN_REGISTRIES, type ProvenRegistry } from '../chain-state.js';
import { IMPLEMENTATION_SLOT, word } from '../state-proof.js';
import { type StorageLayout, StorageReader } from '../storage-layout.js';
import type { TrustFile } from '../trust/schema.js';

type Value = Hex | number | boolean;
const EMPTY_TRIE = toBytes(keccak256Hex(RLP.encode(new Uint8Array())));

/** What registries keep, written by the layouts of a trust file and proven as a chain would: trade that no chain has seen. */
export class MadeState {
  readonly #storage = new Map(PROVEN_REGISTRIES.map((contract) => [contract, new Map<Hex, Hex>()]));

  constructor(private readonly trust: TrustFile) {
    for (const contract of PROVEN_REGISTRIES)
      this.#storage.get(contract)!.set(IMPLEMENTATION_SLOT, word(implementationOf(contract)));
  }

  /** A variable, or its element when it is a mapping and `keys` are given: a struct by its members, or one value. */
  set(
    contract: ProvenRegistry,
    label: string,
    keys: readonly (string | number)[],
    value: Value | Record<string, Value>,
  ): void {
    const { types } = this.#layout(contract);
    const { slots, type } = new StorageReader(this.#layout(contract)).place(label, ...keys);
    if (typeof value !== 'object') return this.#put(contract, slots[0]!, wordOf(value));
    for (const [name, member] of Object.entries(value)) {
      const found = type.members?.find((each) => each.label === name);
      if (!found) throw new Error(`${label} has no member ${name}`);
      const slot = slots[Number(found.slot)]!;
      const before = this.#storage.get(contract)!.get(slot) ?? word('0x');
      const end = 66 - 2 * found.offset;
      const start = end - 2 * Number(types[found.type]!.numberOfBytes);
      this.#put(contract, slot, `0x${before.slice(2, start)}${wordOf(member).slice(start - end)}${before.slice(end)}`);
    }
  }

  /** A dynamic array of words. */
  list(contract: ProvenRegistry, label: string, key: Hex, words: readonly Hex[]): void {
    const reader = new StorageReader(this.#layout(contract));
    const place = reader.place(label, key);
    this.#put(contract, place.slots[0]!, wordOf(words.length));
    reader.elements(place, words.length).forEach(({ slots }, i) => this.#put(contract, slots[0]!, words[i]!));
  }

  /** The state's root, and the proofs of these slots in the form of a bundle. */
  async prove(
    slots: Readonly<Record<ProvenRegistry, readonly Hex[]>>,
  ): Promise<{ readonly stateRoot: Hex; readonly state: BundledState[] }> {
    const accounts = newTrie();
    const storages = new Map<ProvenRegistry, MerklePatriciaTrie>();
    for (const contract of PROVEN_REGISTRIES) {
      const storage = newTrie();
      for (const [slot, value] of this.#storage.get(contract)!) {
        const bytes = toBytes(value.replace(/^0x(00)*/, '0x') as Hex);
        if (bytes.length > 0) await storage.put(toBytes(slot), RLP.encode(bytes));
      }
      storages.set(contract, storage);
      const { address, codeHash, implementations } = this.trust.contracts[contract];
      await accounts.put(toBytes(address as Hex), account(storage.root(), codeHash));
      await accounts.put(toBytes(implementationOf(contract)), account(EMPTY_TRIE, implementations[0]!.codeHash));
    }
    const state = PROVEN_REGISTRIES.map(async (contract) => ({
      contract,
      account: await pathTo(accounts, this.trust.contracts[contract].address as Hex),
      implementation: {
        address: implementationOf(contract),
        account: await pathTo(accounts, implementationOf(contract)),
      },
      storage: await Promise.all(
        slots[contract].map(async (slot) => ({ slot, proof: await pathTo(storages.get(contract)!, slot) })),
      ),
    }));
    return { stateRoot: toHex(accounts.root()), state: await Promise.all(state) };
  }

  #layout(contract: ProvenRegistry): StorageLayout {
    return this.trust.contracts[contract].implementations[0]!.layout;
  }

  #put(contract: ProvenRegistry, slot: Hex, value: Hex): void {
    this.#storage.get(contract)!.set(slot, value);
  }
}

const newTrie = (): MerklePatriciaTrie =>
  new MerklePatriciaTrie({ useKeyHashing: true, useKeyHashingFunction: keccak256 });

const implementationOf = (contract: ProvenRegistry): Hex => `0x${keccak256Hex(contract).slice(-40)}`;

const account = (storageRoot: Uint8Array, codeHash: string): Uint8Array =>
  RLP.encode([1, 0, storageRoot, toBytes(codeHash as Hex)]);

const wordOf = (value: Value): Hex => word(typeof value === 'string' ? value : `0x${Number(value).toString(16)}`);

/** The nodes from the root to the key or to where it would be; those shorter than 32 bytes lie within their parents. */
async function pathTo(trie: MerklePatriciaTrie, key: Hex): Promise<Hex[]> {
  const { stack } = await trie.findPath(keccak256(toBytes(key)));
  return stack.map((node) => toHex(node.serialize())).filter((node, i) => i === 0 || node.length >= 66);
}
