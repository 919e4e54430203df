import { Injectable, Logger } from '@nestjs/common';
import { ChainClient } from '../../chain/index.js';
import { Config, type Deployment, implementationsOf, RereadFile } from '../../config/index.js';
import type { ContractName } from '../../kernel/contract-events.generated.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { keccak256Hex } from '../../kernel/keccak.js';
import { STORAGE_LAYOUTS } from '../verify/storage-layouts.generated.js';
import { describeTrust } from '../verify/trust/describe-trust.js';
import type { TrustFile } from '../verify/trust/schema.js';
import { type Trust, trustOf } from '../verify/trust/trust.js';
import { ValidatorChangeStore } from '../storage/validator-change.store.js';
import { FollowedDeployment } from './followed-deployment.js';
import { HeaderSource } from './header-source.js';
import { proofUnavailable } from './problems.js';
import { readTrustFile } from './trust-file.js';

/**
 * What this node pins when it verifies files: the trust file of its settings, else what its own deployment file and endpoint
 * say, either as it stands now; its checkpoint moved on at each change of validators that was followed since.
 */
@Injectable()
export class NodeTrust {
  readonly #logger = new Logger(NodeTrust.name);
  #file?: RereadFile<TrustFile>;
  #described?: { readonly of: Deployment; readonly trust: Promise<TrustFile> };

  constructor(
    private readonly config: Config,
    private readonly deployment: FollowedDeployment,
    private readonly chain: ChainClient,
    private readonly headers: HeaderSource,
    private readonly changes: ValidatorChangeStore,
  ) {}

  /** As a file to hand on. Throws PROOF_UNAVAILABLE. */
  async file(): Promise<TrustFile> {
    const base = await this.base();
    const moved = (await this.changes.after(base.checkpoint.number)).map(({ checkpoint }) => checkpoint);
    const [newest, ...before] = [base.checkpoint, ...moved].reverse();
    return { ...base, checkpoint: newest!, earlier: [...(base.earlier ?? []), ...before.reverse()] };
  }

  async current(): Promise<Trust> {
    return trustOf(await this.file());
  }

  /** Before any change was followed: where lineages begin. */
  async base(): Promise<TrustFile> {
    const { trustFile } = this.config;
    if (trustFile === undefined) return this.described(this.deployment.current());
    const refused = ({ message }: Error) => this.#logger.warn(`the trust file is not taken as it is now: ${message}`);
    this.#file ??= new RereadFile(trustFile, readTrustFile, refused);
    return this.#file.current();
  }

  private described(deployment: Deployment): Promise<TrustFile> {
    if (this.#described?.of === deployment) return this.#described.trust;
    const trust = this.describe(deployment);
    this.#described = { of: deployment, trust };
    trust.catch(() => {
      this.#described = undefined;
    });
    return trust;
  }

  private async describe({ chainId, startBlock, contracts }: Deployment): Promise<TrustFile> {
    const names = Object.keys(contracts) as ContractName[];
    const codes = await this.chain.batch(
      names.map((name) => ({ method: 'eth_getCode', params: [contracts[name].address, 'latest'] })),
    );
    const deployed = names.map((name, i) => {
      const code = codes[i];
      if (typeof code !== 'string' || code === '0x') throw proofUnavailable(`the endpoint has no code of ${name}`);
      const proxyCodeHash = keccak256Hex(toBytes(code as Hex));
      const codeHashes = implementationsOf(contracts[name]).map(({ codeHash }) => codeHash);
      return [name, { address: contracts[name].address, proxyCodeHash, codeHashes, layout: STORAGE_LAYOUTS[name] }];
    });
    return describeTrust(chainId, await this.headers.at(startBlock), Object.fromEntries(deployed), () => 'not named');
  }
}
