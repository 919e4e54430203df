import type { Deployment } from '../config/index.js';
import type { ContractName } from '../kernel/contract-events.generated.js';
import type { Hex } from '../kernel/hex.js';

/** EIP-712 domain separators of this deployment's registries: all ids and signed messages are bound to one of them. */
export class RegistryDomains {
  constructor(private readonly domains: Deployment['domains']) {}

  /** Separator of a registry, 32 bytes. Throws when the deployment file names none. */
  of(contract: ContractName): Hex {
    const separator = this.domains[contract];
    if (!separator) throw new Error(`the deployment file has no domain for ${contract}`);
    return separator;
  }
}
