import { Inject, Injectable } from '@nestjs/common';
import { ChainClient } from '../../chain/index.js';
import { DEPLOYMENT } from '../../chain/chain.module.js';
import type { Deployment } from '../../config/index.js';
import type { BlockRef } from '../../indexer/index.js';
import { headerHash, type RpcHeader } from '../../kernel/block-header.js';
import type { ContractName } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { type AccountProof, IMPLEMENTATION_SLOT, ProofInvalid, proveAccount, word } from '../verify/state-proof.js';
import { chainAndIndexDiffer, implementationUnknown, proofUnavailable } from './problems.js';

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
    private readonly chain: ChainClient,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
  ) {}

  /**
   * The slots as of `head`, each proven to the state root of the header that hashes to the indexed hash; and that each
   * proxy still runs the implementation that this node knows. Throws PROOF_UNAVAILABLE when the endpoint cannot or the
   * proof does not hold, CHAIN_AND_INDEX_DIFFER for another block at that height, IMPLEMENTATION_UNKNOWN.
   */
  async prove(head: BlockRef, wanted: readonly SlotsWanted[]): Promise<ProvenSlots> {
    const at: Hex = `0x${head.number.toString(16)}`;
    const { contracts } = this.deployment;
    const answers = await this.chain.batch([
      { method: 'eth_getBlockByNumber', params: [at, false] },
      ...wanted.map(({ contract, slots }) => ({
        method: 'eth_getProof',
        params: [contracts[contract].address, [IMPLEMENTATION_SLOT, ...slots], at],
      })),
    ]);
    const refused = answers.find((answer) => answer instanceof Error || answer === null);
    if (refused !== undefined) throw proofUnavailable(`the endpoint proves nothing as of block ${head.number}`);
    const [header, ...proofs] = answers as [RpcHeader, ...AccountProof[]];
    if (headerHash(header) !== head.hash)
      throw chainAndIndexDiffer(`block ${head.number} is another one on the endpoint than in this node's index`);
    const proven = await Promise.all(
      wanted.map(async ({ contract, slots }, i) => {
        const { address, implementation } = contracts[contract];
        const account = await held(
          proveAccount(header.stateRoot, address, [IMPLEMENTATION_SLOT, ...slots], proofs[i]!),
        );
        if (account.slots.get(IMPLEMENTATION_SLOT) !== word(implementation))
          throw implementationUnknown(`${contract} runs another implementation than this node knows`, { contract });
        return [contract, account.slots] as const;
      }),
    );
    return new Map(proven);
  }
}

async function held<T>(proof: Promise<T>): Promise<T> {
  try {
    return await proof;
  } catch (error) {
    if (error instanceof ProofInvalid) throw proofUnavailable(`the endpoint's proof does not hold: ${error.message}`);
    throw error;
  }
}
