import { startAnvil } from '../../test/support/anvil.js';
import { deployTo } from '../../test/support/deployment.js';
import { readTrust } from '../../node/src/proofs/verify/trust/trust.js';
import { rpc } from '../embedded/rpc.js';
import { trustFile } from './trust.js';

it('pins the chain’s beginning and the code of each registry, in the form that the verifier reads', async () => {
  const anvil = await startAnvil();
  try {
    const { deployment } = await deployTo(anvil.url);
    const file = await trustFile(anvil.url, deployment);
    const { chainId, checkpoints, contracts } = readTrust(Buffer.from(JSON.stringify(file)));
    const number = `0x${deployment.startBlock.toString(16)}`;
    const { hash } = await rpc<{ hash: string }>(anvil.url, 'eth_getBlockByNumber', [number, false]);
    expect([chainId, checkpoints.length, checkpoints[0]]).toEqual([
      deployment.chainId,
      1,
      expect.objectContaining({ number: deployment.startBlock, hash, validators: [] }),
    ]);
    const { address, codeHash } = deployment.contracts.OrderRegistry;
    expect(contracts.OrderRegistry.address).toBe(address);
    expect([...contracts.OrderRegistry.layouts.keys()]).toEqual([codeHash]);
    expect(Object.keys(file.contracts)).toHaveLength(5);
  } finally {
    await anvil.stop();
  }
});
