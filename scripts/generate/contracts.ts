import { DEPLOYED, type DeployedName, builtContract } from '../lib/artifacts.js';
import { json, settle } from '../lib/generated.js';

/** Creation code and ABI of all that is deployed, for scripts/deploy, which runs without Hardhat. */
const contracts = (Object.keys(DEPLOYED) as DeployedName[]).map((name) => {
  const { abi, bytecode } = builtContract(name);
  return [name, { abi, bytecode }] as const;
});
settle({ 'scripts/generated/bytecode.json': json(Object.fromEntries(contracts)) });
