import { parseArgs } from 'node:util';
import { Wallet } from 'ethers';
import type { Hex } from '../../node/src/kernel/hex.js';
import { readDeployment } from '../../node/src/config/index.js';
import { fromCaller } from '../lib/from-caller.js';
import { REGISTRIES, type Registry } from './artifacts.js';
import { checkImplementation } from './check-implementation.js';
import { endpointOf } from './endpoint.js';
import { deployImplementation, type UpgradeProposal } from './implementation.js';
import { recordImplementation } from './record-implementation.js';

const USAGE = `npm run upgrade -- REGISTRY [--rpc URL] --deployment FILE [--trust FILE] [--implementation ADDRESS]

  Deploys this release's code of a registry (${REGISTRIES.join(', ')}), from an account made for it, and prints the
  proposal that the chambers vote on: POST /v1/proposals, with a reason. Nothing changes until they have. With --implementation,
  for every other member: deploys nothing, and refuses what is not byte for byte the code of this build.

  Without --rpc it asks the first of TRADEPROOF_RPC_URLS, or of the file that TRADEPROOF_RPC_URLS_FILE names; a URL with a password is taken
  from there alone.

  Then lists the implementation in the deployment file and, with its storage layout, in the trust file, so that this member's
  nodes, which read both again, go on when it is executed. Until a file lists it, they refuse verdicts and proofs.
`;

const OPTIONS = {
  rpc: { type: 'string' },
  deployment: { type: 'string' },
  trust: { type: 'string' },
  implementation: { type: 'string' },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const [registry] = positionals as Registry[];
  const { implementation } = values;
  const [path, trust] = [values.deployment, values.trust].map((each) => (each ? fromCaller(each) : undefined));
  const rpcUrl = endpointOf(values.rpc);
  const strange = implementation !== undefined && !/^0x[0-9a-fA-F]{40}$/.test(implementation);
  if (!registry || !REGISTRIES.includes(registry) || !rpcUrl || !path || strange) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const deployment = readDeployment(path);
  const proposal: UpgradeProposal = implementation
    ? {
        kind: 'UPGRADE',
        proxy: deployment.contracts[registry].address,
        implementation,
        codeHash: await checkImplementation({ rpcUrl, deployment, registry, implementation }),
      }
    : await deployImplementation({ rpcUrl, deployment, registry, deployer: Wallet.createRandom().privateKey });
  process.stdout.write(`${JSON.stringify(proposal, null, 2)}\n`);
  const next = { implementation: lower(proposal.implementation), codeHash: lower(proposal.codeHash) };
  for (const written of recordImplementation({ deployment: path, trust }, registry, next))
    process.stderr.write(`tradeproof: listed in ${written}\n`);
}

const lower = (hex: string) => hex.toLowerCase() as Hex;

try {
  await main();
} catch (error) {
  process.stderr.write(`tradeproof: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
