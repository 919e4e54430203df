import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Config, type Deployment, KeyFile, readDeployment } from '../config/index.js';
import { HealthIndicators } from '../health/index.js';
import { ChainClient } from './chain-client.js';
import { ChainHealth } from './chain-health.js';
import { ChainMetrics } from './chain-metrics.js';
import { SignedStatements } from './signed-statements.js';
import { Contracts } from './contracts.js';
import { EndpointWatch } from './endpoint-watch.js';
import { HeadSignal } from './head-signal.js';
import { Keyring } from './keyring.js';
import { openChain } from './open-chain.js';
import { openOperator, openOtherOperators } from './operator-account.js';
import { RegistryDomains } from './registry-domains.js';

/** Injection token of the {@link Deployment} that this node follows. */
export const DEPLOYMENT = Symbol('DEPLOYMENT');

/** Access to the chain: reading, writing, signing. Built without asking the chain, which may come up later. */
@Global()
@Module({
  providers: [
    ChainMetrics,
    { provide: DEPLOYMENT, inject: [Config], useFactory: (config: Config) => readDeployment(config.deployment) },
    { provide: Contracts, inject: [DEPLOYMENT], useFactory: (deployment: Deployment) => new Contracts(deployment) },
    {
      provide: RegistryDomains,
      inject: [DEPLOYMENT],
      useFactory: (deployment: Deployment) => new RegistryDomains(deployment.domains),
    },
    {
      provide: Keyring,
      inject: [Config, KeyFile],
      useFactory: (config: Config, { keys }: KeyFile) =>
        new Keyring(keys, openOperator(config, keys), openOtherOperators(config, keys)),
    },
    {
      provide: SignedStatements,
      inject: [RegistryDomains],
      useFactory: (domains: RegistryDomains) => new SignedStatements(domains),
    },
    { provide: HeadSignal, inject: [Config], useFactory: (config: Config) => new HeadSignal(config.rpcUrls) },
    {
      provide: ChainClient,
      inject: [Config, Contracts, RegistryDomains],
      useFactory: ({ rpcUrls: urls, chainId }: Config, contracts: Contracts, domains: RegistryDomains) =>
        openChain({ urls, chainId, contracts, domains }),
    },
    { provide: EndpointWatch, inject: [ChainClient], useFactory: (chain: ChainClient) => new EndpointWatch(chain) },
  ],
  exports: [DEPLOYMENT, Contracts, RegistryDomains, Keyring, SignedStatements, HeadSignal, ChainClient],
})
export class ChainModule implements OnApplicationShutdown {
  constructor(
    private readonly signal: HeadSignal,
    chain: ChainClient,
    indicators: HealthIndicators,
    { maxBlockAgeSeconds }: Config,
  ) {
    const health = new ChainHealth(chain, maxBlockAgeSeconds);
    indicators.add('chain', () => health.facts());
  }

  onApplicationShutdown(): void {
    this.signal.close();
  }
}
