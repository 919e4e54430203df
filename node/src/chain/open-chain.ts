import type { ChainClient } from './chain-client.js';
import type { Contracts } from './contracts.js';
import { EndpointPool } from './endpoint-pool.js';
import { FailoverChainClient, type FailoverOptions, identifier } from './failover-chain-client.js';
import type { RegistryDomains } from './registry-domains.js';
import { type EndpointOptions, RpcEndpoint } from './rpc-endpoint.js';

/** What a chain client is made for. */
export interface ChainTarget {
  /** Endpoints in order of preference; ws(s) ones serve the head signal alone and are passed over here. */
  readonly urls: readonly string[];
  readonly chainId: number;
  readonly contracts: Contracts;
  readonly domains: RegistryDomains;
}

/** A client of the chain; nothing is asked of it yet. */
export function openChain(target: ChainTarget, options: FailoverOptions & EndpointOptions = {}): ChainClient {
  const { urls, chainId, contracts, domains } = target;
  const endpoints = urls.filter((url) => url.startsWith('http')).map((url) => new RpcEndpoint(url, options));
  const identify = identifier(chainId, contracts, domains.of('OrderRegistry'));
  return new FailoverChainClient(new EndpointPool(endpoints, identify), contracts, options);
}
