import type { RpcEndpoint } from '../../../node/src/chain/rpc-endpoint.js';
import { type Deployment, implementationsOf } from '../../../node/src/config/index.js';
import { type Hex, toBytes } from '../../../node/src/kernel/hex.js';
import { keccak256Hex } from '../../../node/src/kernel/keccak.js';
import { addressIn, IMPLEMENTATION_SLOT } from '../../../node/src/proofs/verify/state-proof.js';
import type { TrustFile } from '../../../node/src/proofs/verify/trust/schema.js';
import { failure, type Finding, ok } from '../finding.js';

const CHECK = 'chain';

/** Whether a registry runs an implementation that the deployment file lists, with code that both files accept. */
export async function checkCode(
  endpoint: RpcEndpoint,
  name: string,
  contract: Deployment['contracts']['MemberRegistry'],
  trusted?: TrustFile['contracts']['MemberRegistry'],
): Promise<Finding> {
  const slot = (await endpoint.request('eth_getStorageAt', [contract.address, IMPLEMENTATION_SLOT, 'latest'])) as Hex;
  const running = addressIn(slot);
  const bytes = (await endpoint.request('eth_getCode', [running, 'latest'])) as Hex;
  if (BigInt(slot) === 0n || bytes === '0x')
    return failure(
      CHECK,
      `there is no ${name} at ${contract.address}`,
      'the deployment file is another chain’s, or the chain was wiped',
    );
  const found = keccak256Hex(toBytes(bytes));
  const voted = `if the chambers voted it: npm run upgrade -- ${name} --implementation ${running} lists it (docs/operations.md, Upgrading contracts); if not: stop, and call the others`;
  const listed = implementationsOf(contract).find(({ implementation }) => implementation === running);
  if (!listed)
    return failure(
      CHECK,
      `${name} runs ${running}, with the code ${found}, which the deployment file does not list: verdicts and proofs are IMPLEMENTATION_UNKNOWN`,
      voted,
    );
  if (found !== listed.codeHash) return failure(CHECK, `${name} has the code ${found}, not ${listed.codeHash}`, voted);
  if (trusted && !trusted.implementations.some(({ codeHash }) => codeHash === found))
    return failure(
      CHECK,
      `${name} has the code ${found}, which the trust file does not list: proofs are IMPLEMENTATION_UNKNOWN`,
      voted,
    );
  return ok(CHECK, `${name} has the code of the deployment file`);
}
