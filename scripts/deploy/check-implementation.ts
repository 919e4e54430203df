import { getCreateAddress, keccak256, Wallet } from 'ethers';
import type { Deployment } from '../../node/src/config/index.js';
import { rpc } from '../embedded/rpc.js';
import { type Artifact, loadArtifacts, type Registry } from './artifacts.js';
import { creation, placesOf } from './implementation.js';

export interface DeployedImplementation {
  readonly rpcUrl: string;
  readonly deployment: Deployment;
  readonly registry: Registry;
  readonly implementation: string;
  /** Creation code by contract; what this release was built with by default. */
  readonly artifacts?: Record<string, Artifact>;
}

/** Stands for the annex's address until it is known: found again in the code that is made with it. */
const MARK = `0x${'a7'.repeat(20)}`;

/**
 * The code hash of what somebody else deployed, once it is this release's own code to the last byte, with this consortium's
 * registries in it. Compared is what the chain itself makes of this build's creation code. Throws with what differs.
 */
export async function checkImplementation(options: DeployedImplementation): Promise<string> {
  const { rpcUrl, deployment, registry, artifacts = loadArtifacts() } = options;
  const implementation = options.implementation.toLowerCase();
  const codeAt = async (address: string) =>
    (await rpc<string>(rpcUrl, 'eth_getCode', [address, 'latest'])).toLowerCase();
  const places = placesOf(deployment);
  const found = await codeAt(implementation);
  if (found === '0x') throw new Error(`there is no code at ${implementation}`);
  let expected = await codeOf(rpcUrl, creation(artifacts[registry]!, { ...places, annex: MARK }), implementation);
  if (registry === 'ReceivableRegistry') {
    const at = expected.indexOf(MARK.slice(2));
    const annex = `0x${found.slice(at, at + 40)}`;
    expected = expected.replaceAll(MARK.slice(2), annex.slice(2));
    if ((await codeAt(annex)) !== (await codeOf(rpcUrl, creation(artifacts['ReceivableAnnex']!, places), annex)))
      throw new Error(`the annex ${annex} of ${implementation} is not the code of this build`);
  }
  if (found !== expected) throw new Error(`${implementation} is not the code of ${registry} in this build`);
  return keccak256(found);
}

/** What the chain makes of creation code, as if it stood at `address`; nothing is sent. */
async function codeOf(rpcUrl: string, data: string, address: string): Promise<string> {
  const from = Wallet.createRandom().address;
  const made = getCreateAddress({ from, nonce: 0 }).slice(2).toLowerCase();
  const code = await rpc<string>(rpcUrl, 'eth_call', [{ from, data }, 'latest']);
  return code.toLowerCase().replaceAll(made, address.slice(2));
}
