import { Inject, Injectable } from '@nestjs/common';
import { ChainClient, DEPLOYMENT } from '../../chain/index.js';
import type { Deployment } from '../../config/index.js';
import type { BlockRef } from '../../indexer/index.js';
import type { RpcHeader } from '../../kernel/block-header.js';
import type { ContractName } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { BundledState } from '../verify/bundle/bundle.js';
import { neededSlots } from '../verify/bundle/needed-slots.js';
import { chainState, PROVEN_REGISTRIES, type ProvenRegistry } from '../verify/chain-state.js';
import type { SealedHeader } from '../verify/qbft/sealed-header.js';
import { type AccountProof, word } from '../verify/state-proof.js';
import type { BundleContent } from './bundle-content.js';
import { sealedHeaderOf } from './header-source.js';
import { chainAndIndexDiffer, proofUnavailable } from './problems.js';

export interface StateAt<C extends ContractName = ProvenRegistry> {
  readonly header: SealedHeader;
  readonly state: readonly BundledState<C>[];
}

/** Header and proofs as of one block, as this node's endpoint gives them; whoever uses them checks them. */
@Injectable()
export class BundleStates {
  constructor(
    private readonly chain: ChainClient,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
  ) {}

  /** All that a bundle rests on. Throws PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER. */
  at(head: BlockRef, content: BundleContent): Promise<StateAt> {
    const needed = neededSlots(chainState, content, (id) => content.bearers.get(id));
    return this.prove(
      head,
      PROVEN_REGISTRIES.map((contract) => ({ contract, slots: needed[contract] })),
    );
  }

  /** Slots of registries, in their order. Throws PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER. */
  async prove<C extends ContractName>(
    head: BlockRef,
    needed: readonly { readonly contract: C; readonly slots: readonly Hex[] }[],
  ): Promise<StateAt<C>> {
    const number: Hex = `0x${head.number.toString(16)}`;
    const { contracts } = this.deployment;
    const answers = await this.chain.batch([
      { method: 'eth_getBlockByNumber', params: [number, false] },
      ...needed.flatMap(({ contract, slots }) => [
        { method: 'eth_getProof', params: [contracts[contract].address, slots, number] },
        { method: 'eth_getProof', params: [contracts[contract].implementation, [], number] },
      ]),
    ]);
    if (answers.some((answer) => answer instanceof Error || answer === null))
      throw proofUnavailable(`the endpoint proves nothing as of block ${head.number}`);
    const [described, ...proofs] = answers as [RpcHeader & { hash: Hex }, ...AccountProof[]];
    const header = sealedHeaderOf(described);
    if (header.hash !== head.hash)
      throw chainAndIndexDiffer(`block ${head.number} is another one on the endpoint than in this node's index`);
    const state = needed.map(({ contract, slots }, i) => {
      const [proxy, implementation] = [proofs[2 * i]!, proofs[2 * i + 1]!];
      const given = new Map(proxy.storageProof.map(({ key, proof }) => [word(key), proof]));
      return {
        contract,
        account: proxy.accountProof,
        implementation: { address: contracts[contract].implementation, account: implementation.accountProof },
        storage: slots.map((slot) => ({ slot, proof: given.get(slot) ?? [] })),
      };
    });
    return { header, state };
  }
}
