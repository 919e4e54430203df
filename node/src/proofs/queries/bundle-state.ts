import { Injectable } from '@nestjs/common';
import { ChainClient } from '../../chain/index.js';
import type { BlockRef } from '../../indexer/index.js';
import type { RpcHeader } from '../../kernel/block-header.js';
import type { ContractName } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { BundledState } from '../verify/bundle/bundle.js';
import { neededSlots } from '../verify/bundle/needed-slots.js';
import { chainState, PROVEN_REGISTRIES, type ProvenRegistry } from '../verify/chain-state.js';
import type { SealedHeader } from '../verify/qbft/sealed-header.js';
import { type AccountProof, IMPLEMENTATION_SLOT, word } from '../verify/state-proof.js';
import type { BundleContent } from './bundle-content.js';
import { FollowedDeployment } from './followed-deployment.js';
import { sealedHeaderOf } from './header-source.js';
import { chainAndIndexDiffer, implementationUnknown, proofUnavailable } from './problems.js';

export interface StateAt<C extends ContractName = ProvenRegistry> {
  readonly header: SealedHeader;
  readonly state: readonly BundledState<C>[];
}

/** Header and proofs as of one block, as this node's endpoint gives them; whoever uses them checks them. */
@Injectable()
export class BundleStates {
  constructor(
    private readonly chain: ChainClient,
    private readonly deployment: FollowedDeployment,
  ) {}

  /** All that a bundle rests on. Throws PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER, IMPLEMENTATION_UNKNOWN. */
  at(head: BlockRef, content: BundleContent): Promise<StateAt> {
    const needed = neededSlots(chainState, content, (id) => content.bearers.get(id));
    return this.prove(
      head,
      PROVEN_REGISTRIES.map((contract) => ({ contract, slots: needed[contract] })),
    );
  }

  /** Slots of registries, in their order. Throws PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER, IMPLEMENTATION_UNKNOWN. */
  async prove<C extends ContractName>(
    head: BlockRef,
    needed: readonly { readonly contract: C; readonly slots: readonly Hex[] }[],
  ): Promise<StateAt<C>> {
    const number: Hex = `0x${head.number.toString(16)}`;
    const { contracts } = this.deployment.current();
    const proofOf = (address: Hex, slots: readonly Hex[]) => ({
      method: 'eth_getProof',
      params: [address, slots, number],
    });
    const asked = needed.map(({ contract, slots }) => {
      const implementations = this.deployment.implementations(contract).map(({ implementation }) => implementation);
      return { contract, slots, implementations };
    });
    const answers = await this.chain.batch([
      { method: 'eth_getBlockByNumber', params: [number, false] },
      ...asked.flatMap(({ contract, slots, implementations }) => [
        proofOf(contracts[contract].address, slots),
        ...implementations.map((address) => proofOf(address, [])),
      ]),
    ]);
    const given = <T>(answer: unknown): T => {
      if (answer instanceof Error || answer === null || answer === undefined)
        throw proofUnavailable(`the endpoint proves nothing as of block ${head.number}`);
      return answer as T;
    };
    const header = sealedHeaderOf(given<RpcHeader & { hash: Hex }>(answers.shift()));
    if (header.hash !== head.hash)
      throw chainAndIndexDiffer(`block ${head.number} is another one on the endpoint than in this node's index`);
    const state = asked.map(({ contract, slots, implementations }) => {
      const proxy = given<ProxyProof>(answers.shift());
      const accounts = answers.splice(0, implementations.length);
      const running = implementations.findIndex((address) => word(address) === runningIn(proxy));
      // Of those that do not run an endpoint need prove nothing.
      if (running < 0)
        throw implementationUnknown(
          `${contract} runs an implementation that this node’s deployment file does not list`,
          { contract },
        );
      const { accountProof } = given<AccountProof>(accounts[running]);
      const proofs = new Map(proxy.storageProof.map(({ key, proof }) => [word(key), proof]));
      return {
        contract,
        account: proxy.accountProof,
        implementation: { address: implementations[running]!, account: accountProof },
        storage: slots.map((slot) => ({ slot, proof: proofs.get(slot) ?? [] })),
      };
    });
    return { header, state };
  }
}

interface ProxyProof extends AccountProof {
  readonly storageProof: readonly (AccountProof['storageProof'][number] & { readonly value: Hex })[];
}

/** The value beside the proof, which tells only what to put in: whoever checks what is made goes by the proof. */
function runningIn({ storageProof }: ProxyProof): Hex | undefined {
  const slot = storageProof.find(({ key }) => word(key) === IMPLEMENTATION_SLOT);
  return slot && word(slot.value);
}
