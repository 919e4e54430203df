import { randomBytes } from 'node:crypto';
import { Contract, JsonRpcProvider, NonceManager, Wallet } from 'ethers';
import { startAnvil } from '../../test/support/anvil.js';
import { deployTo } from '../../test/support/deployment.js';
import { RunningConsortium } from '../../test/support/running-consortium.js';
import type { MemberClient } from '../demo/client.js';
import { loadArtifacts } from '../deploy/artifacts.js';
import { inParallel, smallOrder } from './orders.js';
import { against, type Measurement } from './result.js';

const ORDERS = 400;
const PEER_ORDERS = 150;
const AT_ONCE = 32;
const PEER = 'ethers NonceManager, one by one';

/** REST to included and indexed at the other member's node, documents committed, stored, encrypted and delivered. */
export const posting: Measurement = {
  names: ['posting.rest'],
  async run(say) {
    say(`${PEER_ORDERS} orders by ethers ...`);
    const peerValue = await oneByOne();
    const consortium = new RunningConsortium();
    try {
      say('starting a consortium ...');
      await consortium.start();
      say(`${ORDERS} orders by REST ...`);
      const value = await byRest(consortium.member('core'), consortium.member('supplier-1'));
      const note = `seven nodes on this machine, fsync on, ${AT_ONCE} at once`;
      return [{ name: 'posting.rest', value, unit: 'orders/s', ...against(PEER, value, peerValue), floor: 20, note }];
    } finally {
      await consortium.destroy();
    }
  },
};

async function oneByOne(): Promise<number> {
  const chain = await startAnvil();
  const provider = new JsonRpcProvider(chain.url, undefined, { cacheTimeout: -1, pollingInterval: 10 });
  try {
    const { deployment, members } = await deployTo(chain.url);
    const signer = new NonceManager(new Wallet(members[0]!.keys.operator, provider));
    const orders = new Contract(deployment.contracts.OrderRegistry.address, loadArtifacts().OrderRegistry.abi, signer);
    const random32 = () => `0x${randomBytes(32).toString('hex')}`;
    const started = performance.now();
    for (let i = 0; i < PEER_ORDERS; i++) {
      const sent = await orders.getFunction('post')(2, random32(), random32(), 4_000_000_000, { gasPrice: 0n });
      await sent.wait();
    }
    return (PEER_ORDERS * 1000) / (performance.now() - started);
  } finally {
    provider.destroy();
    await chain.stop();
  }
}

async function byRest(core: MemberClient, supplier: MemberClient): Promise<number> {
  const post = () => core.call('POST', '/v1/orders?supplier=supplier-1', { body: smallOrder(), wait: 0 });
  await inParallel([1, 2, 3, 4], 4, post); // what is loaded at first use is not measured
  const started = performance.now();
  const answers = await inParallel(Array.from({ length: ORDERS }), AT_ONCE, post);
  const refused = answers.find(({ status }) => status >= 300);
  if (refused) throw new Error(`refused: ${refused.status} ${JSON.stringify(refused.body)}`);
  await inParallel(answers, AT_ONCE, ({ body }) => indexedAt(supplier, String(body['id'])));
  return (ORDERS * 1000) / (performance.now() - started);
}

async function indexedAt(member: MemberClient, id: string): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    const { status } = await member.get(`/v1/registry/orders/${id}`);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`order ${id} was lost`);
}
