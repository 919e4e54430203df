import pg from 'pg';
import type { Account, ChainClient } from '../../node/src/chain/index.js';
import { Contracts } from '../../node/src/chain/contracts.js';
import { openChain } from '../../node/src/chain/open-chain.js';
import { openOperator } from '../../node/src/chain/operator-account.js';
import { RegistryDomains } from '../../node/src/chain/registry-domains.js';
import { type Config, type Deployment, KeyFile, readDeployment, type StoredKeys } from '../../node/src/config/index.js';
import type { NodeKeys } from '../../node/src/documents/vault/node-keys.js';
import { openKeyProvider } from '../../node/src/documents/vault/open-key-provider.js';
import { readTrustFile } from '../../node/src/proofs/queries/trust-file.js';
import type { TrustFile } from '../../node/src/proofs/verify/trust/schema.js';

/** The node that is examined, by its settings alone: it need not run, nor be able to. */
export interface Patient {
  readonly config: Config;
  readonly deployment: Deployment;
  readonly domains: RegistryDomains;
  readonly chain: ChainClient;
  readonly pool: pg.Pool;
  /** What its settings name, if they do. Throws as {@link readTrustFile}. */
  trust(): TrustFile | undefined;
  /** Throw as the node itself would at its start. */
  keys(): StoredKeys;
  operator(): Account;
  /** Rejects as the node itself would. */
  nodeKeys(): Promise<NodeKeys>;
}

const CONNECT_MS = 5_000;

/** Throws on settings or a deployment file that a node would not start with. */
export function admit(config: Config): Patient {
  const deployment = readDeployment(config.deployment);
  const [contracts, domains] = [new Contracts(deployment), new RegistryDomains(deployment.domains)];
  const { rpcUrls: urls, chainId } = config;
  const pool = new pg.Pool({
    connectionString: config.databaseUrl,
    max: 2,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'tradeproof-doctor',
  });
  pool.on('error', () => undefined);
  const file = new KeyFile(config);
  return {
    config,
    deployment,
    domains,
    chain: openChain({ urls, chainId, contracts, domains }, { timeoutMs: CONNECT_MS }),
    pool,
    trust: () => (config.trustFile === undefined ? undefined : readTrustFile(config.trustFile)),
    keys: () => file.keys,
    operator: () => openOperator(config, file.keys),
    nodeKeys: async () => openKeyProvider(config, file).load(),
  };
}
