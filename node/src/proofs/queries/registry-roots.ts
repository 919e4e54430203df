import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ChainClient } from '../../chain/index.js';
import { type BlockRef, IndexHead } from '../../indexer/index.js';
import type { RpcHeader } from '../../kernel/block-header.js';
import type { ContractName } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { PROVEN_REGISTRIES } from '../verify/chain-state.js';
import {
  type AccountProof,
  type AccountState,
  addressIn,
  IMPLEMENTATION_SLOT,
  proveAccountState,
  proveSlots,
  word,
} from '../verify/state-proof.js';
import { FollowedDeployment } from './followed-deployment.js';
import { sealedHeaderOf } from './header-source.js';
import { held } from './held.js';
import { chainAndIndexDiffer, implementationUnknown, proofUnavailable } from './problems.js';

/** The registries' accounts as of one block, proven. */
export type RegistryRoots = ReadonlyMap<ContractName, AccountState>;

/** Verdicts under way at once are of the last block or the one before. */
const KEPT_BLOCKS = 4;

/**
 * The storage roots of the registries as of a block: asked for and proven once a block, since what is proven of a block
 * stays true of it. Whoever asks first waits for the chain; while there are verdicts at each block, a block is asked about as it comes.
 */
@Injectable()
export class RegistryRootsReader implements OnModuleInit, OnModuleDestroy {
  private readonly byHash = new Map<Hex, Promise<RegistryRoots>>();
  private wantedLately = false;
  private unsubscribe = (): void => undefined;

  constructor(
    private readonly chain: ChainClient,
    private readonly deployment: FollowedDeployment,
    private readonly head: IndexHead,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.head.onChange((head) => {
      // Whoever wants them is told why there are none.
      if (this.wantedLately) this.known(head).catch(() => undefined);
      this.wantedLately = false;
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  /** Throws PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER, IMPLEMENTATION_UNKNOWN; the next caller then asks anew. */
  at(head: BlockRef): Promise<RegistryRoots> {
    this.wantedLately = true;
    return this.known(head);
  }

  private known(head: BlockRef): Promise<RegistryRoots> {
    const known = this.byHash.get(head.hash);
    if (known) return known;
    const roots = this.read(head);
    this.byHash.set(head.hash, roots);
    const [oldest] = this.byHash.keys();
    if (this.byHash.size > KEPT_BLOCKS) this.byHash.delete(oldest!);
    roots.catch(() => this.byHash.delete(head.hash));
    return roots;
  }

  private async read(head: BlockRef): Promise<RegistryRoots> {
    const at: Hex = `0x${head.number.toString(16)}`;
    const { contracts } = this.deployment.current();
    const answers = await this.chain.batch([
      { method: 'eth_getBlockByNumber', params: [at, false] },
      ...PROVEN_REGISTRIES.map((contract) => ({
        method: 'eth_getProof',
        params: [contracts[contract].address, [IMPLEMENTATION_SLOT], at],
      })),
    ]);
    if (answers.some((answer) => answer instanceof Error || answer === null))
      throw proofUnavailable(`the endpoint proves nothing as of block ${head.number}`);
    const [header, ...proofs] = answers as [RpcHeader & { hash: Hex }, ...AccountProof[]];
    if (sealedHeaderOf(header).hash !== head.hash)
      throw chainAndIndexDiffer(`block ${head.number} is another one on the endpoint than in this node's index`);
    const roots = PROVEN_REGISTRIES.map(
      async (contract, i) => [contract, await this.account(contract, header.stateRoot, proofs[i]!)] as const,
    );
    return new Map(await Promise.all(roots));
  }

  /** The account of a registry whose proxy runs an implementation that this node knows. */
  private async account(contract: ContractName, stateRoot: Hex, proof: AccountProof): Promise<AccountState> {
    const { address } = this.deployment.current().contracts[contract];
    const account = await held(proveAccountState(stateRoot, address, proof));
    const slots = await held(proveSlots(account, [IMPLEMENTATION_SLOT], proof));
    const running = slots.get(IMPLEMENTATION_SLOT)!;
    if (!this.deployment.implementations(contract).some(({ implementation }) => word(implementation) === running))
      throw implementationUnknown(`${contract} runs an implementation that this node’s deployment file does not list`, {
        contract,
        implementation: addressIn(running),
      });
    return account;
  }
}
