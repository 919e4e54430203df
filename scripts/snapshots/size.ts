import { DEPLOYED, type DeployedName, builtContract } from '../lib/artifacts.js';

/** EIP-170: longer code cannot be deployed. There is nothing to write, so `generate` checks too. */
const LIMIT = 24_576;

for (const name of Object.keys(DEPLOYED) as DeployedName[]) {
  const size = builtContract(name).deployedBytecode.length / 2 - 1;
  if (size <= LIMIT) continue;
  process.stderr.write(`${name} has ${size} bytes, ${size - LIMIT} more than can be deployed\n`);
  process.exitCode = 1;
}
