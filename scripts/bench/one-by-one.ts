import { randomBytes } from 'node:crypto';
import { Contract, JsonRpcProvider, NonceManager, Wallet } from 'ethers';
import { startAnvil } from '../../test/support/anvil.js';
import { deployTo } from '../../test/support/deployment.js';
import { loadArtifacts } from '../deploy/artifacts.js';

const ORDERS = 100;

/** The peer of posting, as it is called in results. */
export const ONE_BY_ONE = 'ethers NonceManager, one by one';

/** Orders a second that the usual way gets included: one call, one wait, the next. */
export async function oneByOne(): Promise<number> {
  const chain = await startAnvil();
  const provider = new JsonRpcProvider(chain.url, undefined, { cacheTimeout: -1, pollingInterval: 10 });
  try {
    const { deployment, members } = await deployTo(chain.url);
    const signer = new NonceManager(new Wallet(members[0]!.keys.operator, provider));
    const orders = new Contract(deployment.contracts.OrderRegistry.address, loadArtifacts().OrderRegistry.abi, signer);
    const random32 = () => `0x${randomBytes(32).toString('hex')}`;
    const started = performance.now();
    for (let i = 0; i < ORDERS; i++) {
      const sent = await orders.getFunction('post')(2, random32(), random32(), 4_000_000_000, { gasPrice: 0n });
      await sent.wait();
    }
    return (ORDERS * 1000) / (performance.now() - started);
  } finally {
    provider.destroy();
    await chain.stop();
  }
}
