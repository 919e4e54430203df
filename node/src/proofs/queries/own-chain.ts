import { Injectable } from '@nestjs/common';
import type { BlockRef } from '../../indexer/index.js';
import type { ContractName } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { RegistryRootsReader } from './registry-roots.js';
import { SlotReader } from './slot-reader.js';

/** Slots of one registry that a verdict rests on. */
export interface SlotsWanted {
  readonly contract: ContractName;
  readonly slots: readonly Hex[];
}

/** What the node's own endpoint proved as of one block, by registry and slot. */
export type ProvenSlots = ReadonlyMap<ContractName, ReadonlyMap<Hex, Hex>>;

/** Proofs from this node's own JSON-RPC endpoint: trust `own-rpc`. */
@Injectable()
export class OwnChain {
  constructor(
    private readonly roots: RegistryRootsReader,
    private readonly slots: SlotReader,
  ) {}

  /**
   * The slots as of `head`, each proven to the state root of the header that hashes to the indexed hash; and that each
   * proxy still runs the implementation that this node knows. Throws PROOF_UNAVAILABLE when the endpoint cannot or the
   * proof does not hold, CHAIN_AND_INDEX_DIFFER for another block at that height, IMPLEMENTATION_UNKNOWN.
   */
  async prove(head: BlockRef, wanted: readonly SlotsWanted[]): Promise<ProvenSlots> {
    const roots = await this.roots.at(head);
    const proven = wanted.map(
      async ({ contract, slots }) => [contract, await this.slots.read(head, roots.get(contract)!, slots)] as const,
    );
    return new Map(await Promise.all(proven));
  }
}
