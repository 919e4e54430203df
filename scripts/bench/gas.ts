import { randomBytes } from 'node:crypto';
import { Contract, JsonRpcProvider, NonceManager, Wallet, type ContractTransactionResponse } from 'ethers';
import { startAnvil } from '../../test/support/anvil.js';
import { deployTo } from '../../test/support/deployment.js';
import { loadArtifacts } from '../deploy/artifacts.js';
import type { Measurement, Result } from './result.js';

const random32 = () => `0x${randomBytes(32).toString('hex')}`;
const EXPIRY = 4_000_000_000;

/** Gas of what comes by the thousand, on a real EVM, through the proxies, membership of both sides checked. */
export const gas: Measurement = {
  names: ['gas.post.single', 'gas.post.hundred', 'gas.anchor.200', 'gas.anchor.1000'],
  async run() {
    const chain = await startAnvil();
    const provider = new JsonRpcProvider(chain.url, undefined, { cacheTimeout: -1 });
    try {
      const { deployment, members } = await deployTo(chain.url);
      const artifacts = loadArtifacts();
      const [core, supplier] = members;
      const signer = new NonceManager(new Wallet(core!.keys.operator, provider));
      const orders = new Contract(deployment.contracts.OrderRegistry.address, artifacts.OrderRegistry.abi, signer);
      const evidence = new Contract(deployment.contracts.EvidenceAnchor.address, artifacts.EvidenceAnchor.abi, signer);
      const used = async (sent: Promise<ContractTransactionResponse>) => Number((await (await sent).wait())!.gasUsed);
      const overrides = { gasLimit: 30_000_000n, gasPrice: 0n };
      const posting = () => ({ supplier: supplier!.number, expiry: EXPIRY, commitment: random32(), tag: random32() });

      await used(orders.getFunction('post')(supplier!.number, random32(), random32(), EXPIRY, overrides));
      const single = await used(
        orders.getFunction('post')(supplier!.number, random32(), random32(), EXPIRY, overrides),
      );
      const hundred = await used(orders.getFunction('postMany')(Array.from({ length: 100 }, posting), overrides));
      await used(evidence.getFunction('anchor')(random32(), 200, 1, overrides));
      const anchor = await used(evidence.getFunction('anchor')(random32(), 200, 2, overrides));
      const note = 'through proxies, membership checked, second call of its kind';
      const each = (name: string, value: number, floor: number): Result => ({
        name,
        value,
        unit: 'gas an order',
        floor,
        note,
      });
      return [
        each('gas.post.single', single, 68_500),
        each('gas.post.hundred', hundred / 100, 28_300),
        each('gas.anchor.200', anchor / 200, 320),
        each('gas.anchor.1000', anchor / 1000, 65),
      ];
    } finally {
      provider.destroy();
      await chain.stop();
    }
  },
};
