import { parseArgs } from 'node:util';
import { Wallet } from 'ethers';
import { readDeployment } from '../../node/src/config/index.js';
import { REGISTRIES, type Registry } from './artifacts.js';
import { deployImplementation } from './implementation.js';

const USAGE = `npm run upgrade -- REGISTRY --rpc URL --deployment FILE

  Deploys this release's code of a registry (${REGISTRIES.join(', ')}), from an account made for it, and prints the
  proposal that the chambers vote on: POST /v1/proposals, with a reason. Nothing changes until they have.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rpc: { type: 'string' }, deployment: { type: 'string' } },
  });
  const [registry] = positionals as Registry[];
  const { rpc: rpcUrl, deployment } = values;
  if (!registry || !REGISTRIES.includes(registry) || !rpcUrl || !deployment) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const deployer = Wallet.createRandom().privateKey;
  const proposal = await deployImplementation({ rpcUrl, deployment: readDeployment(deployment), registry, deployer });
  process.stdout.write(`${JSON.stringify(proposal, null, 2)}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`tradeproof: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
