import { Injectable } from '@nestjs/common';
import { ChainClient } from '../../chain/index.js';
import type { BlockRef } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { type AccountProof, type AccountState, proveSlots } from '../verify/state-proof.js';
import { held } from './held.js';
import { proofUnavailable } from './problems.js';

/** Values kept a registry; at about 300 bytes each. */
const KEPT_VALUES = 50_000;

/** Slots asked for in one turn of the event loop, under one storage root. */
interface Asked {
  readonly slots: Set<Hex>;
  readonly values: Promise<ReadonlyMap<Hex, Hex>>;
}

/**
 * Proven values of slots. What a storage root commits to never changes, so values are kept as long as the account has
 * that root, over as many blocks as leave it alone; and those who ask at the same time ask together.
 */
@Injectable()
export class SlotReader {
  private readonly known = new Map<Hex, { readonly root: Hex; readonly values: Map<Hex, Hex> }>();
  private readonly asked = new Map<Hex, Asked>();

  constructor(private readonly chain: ChainClient) {}

  /** The slots under the account's root, which it has as of `head`. Throws PROOF_UNAVAILABLE. */
  async read(head: BlockRef, account: AccountState, slots: readonly Hex[]): Promise<ReadonlyMap<Hex, Hex>> {
    const known = this.valuesUnder(account);
    const values = new Map<Hex, Hex>();
    const missing: Hex[] = [];
    for (const slot of slots) {
      const value = known.get(slot);
      if (value === undefined) missing.push(slot);
      else values.set(slot, value);
    }
    if (missing.length === 0) return values;
    const read = await this.ask(head, account, missing);
    for (const slot of missing) values.set(slot, read.get(slot)!);
    return values;
  }

  private ask(head: BlockRef, account: AccountState, slots: readonly Hex[]): Promise<ReadonlyMap<Hex, Hex>> {
    const asked = this.asked.get(account.storageRoot) ?? this.open(head, account);
    for (const slot of slots) asked.slots.add(slot);
    return asked.values;
  }

  private open(head: BlockRef, account: AccountState): Asked {
    const slots = new Set<Hex>();
    const values = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.asked.delete(account.storageRoot);
      return this.prove(head, account, [...slots]);
    });
    const asked = { slots, values };
    this.asked.set(account.storageRoot, asked);
    return asked;
  }

  private async prove(head: BlockRef, account: AccountState, slots: readonly Hex[]): Promise<ReadonlyMap<Hex, Hex>> {
    const params = [account.address, slots, `0x${head.number.toString(16)}`];
    const [proof] = await this.chain.batch([{ method: 'eth_getProof', params }]);
    if (proof instanceof Error || !proof)
      throw proofUnavailable(`the endpoint proves nothing as of block ${head.number}`);
    const proven = await held(proveSlots(account, slots, proof as AccountProof));
    const values = this.valuesUnder(account);
    if (values.size + proven.size > KEPT_VALUES) values.clear();
    for (const [slot, value] of proven) values.set(slot, value);
    return proven;
  }

  private valuesUnder({ address, storageRoot }: AccountState): Map<Hex, Hex> {
    const known = this.known.get(address);
    if (known?.root === storageRoot) return known.values;
    const values = new Map<Hex, Hex>();
    this.known.set(address, { root: storageRoot, values });
    return values;
  }
}
