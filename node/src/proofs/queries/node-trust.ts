import { readFileSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { ChainClient, DEPLOYMENT } from '../../chain/index.js';
import { Config, type Deployment } from '../../config/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { keccak256Hex } from '../../kernel/keccak.js';
import { parseJson } from '../verify/canonical-json.js';
import { STORAGE_LAYOUTS } from '../verify/storage-layouts.generated.js';
import { describeTrust } from '../verify/trust/describe-trust.js';
import { type TrustFile, trustSchema } from '../verify/trust/schema.js';
import { type Trust, trustOf } from '../verify/trust/trust.js';
import { ValidatorChangeStore } from '../storage/validator-change.store.js';
import { HeaderSource } from './header-source.js';
import { proofUnavailable } from './problems.js';

type Contracts = Deployment['contracts'];

/**
 * What this node pins when it verifies files: the trust file of its settings, else what its own deployment file and endpoint
 * say; its checkpoint moved on at each change of validators that was followed since.
 */
@Injectable()
export class NodeTrust {
  #base?: Promise<TrustFile>;

  constructor(
    private readonly config: Config,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
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
  base(): Promise<TrustFile> {
    this.#base ??= this.load().catch((error: unknown) => {
      this.#base = undefined;
      throw error;
    });
    return this.#base;
  }

  private async load(): Promise<TrustFile> {
    const { trustFile } = this.config;
    if (trustFile !== undefined) return trustSchema.parse(parseJson(readFileSync(trustFile), 1 << 22, false));
    const { chainId, startBlock, contracts } = this.deployment;
    const names = Object.keys(contracts) as (keyof Contracts)[];
    const codes = await this.chain.batch(
      names.map((name) => ({ method: 'eth_getCode', params: [contracts[name].address, 'latest'] })),
    );
    const deployed = names.map((name, i) => {
      const code = codes[i];
      if (typeof code !== 'string' || code === '0x') throw proofUnavailable(`the endpoint has no code of ${name}`);
      const { address, codeHash } = contracts[name];
      const proxyCodeHash = keccak256Hex(toBytes(code as Hex));
      return [name, { address, proxyCodeHash, implementationCodeHash: codeHash, layout: STORAGE_LAYOUTS[name] }];
    });
    return describeTrust(chainId, await this.headers.at(startBlock), Object.fromEntries(deployed), () => 'not named');
  }
}
