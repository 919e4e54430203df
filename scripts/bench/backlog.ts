import { randomBytes } from 'node:crypto';
import { Interface, Wallet } from 'ethers';
import type { Anvil } from '../embedded/anvil.js';
import { rpc } from '../embedded/rpc.js';
import { startAnvil } from '../../test/support/anvil.js';
import { deployTo, type TestConsortium } from '../../test/support/deployment.js';
import { loadArtifacts } from '../deploy/artifacts.js';

const PER_TRANSACTION = 50;
const EXPIRY = 4_000_000_000;

export interface Backlog {
  readonly chain: Anvil;
  readonly consortium: TestConsortium;
  /** Events of posted orders, in blocks of one transaction each. */
  readonly events: number;
}

/** A chain with `events` orders posted on it, 50 a block, that nobody has indexed yet. */
export async function makeBacklog(events: number): Promise<Backlog> {
  const chain = await startAnvil();
  const consortium = await deployTo(chain.url);
  const orders = new Interface(loadArtifacts().OrderRegistry.abi);
  const { deployment, members } = consortium;
  const [core, supplier] = members;
  const wallet = new Wallet(core!.keys.operator);
  const random32 = () => `0x${randomBytes(32).toString('hex')}`;
  const posting = () => ({ supplier: supplier!.number, expiry: EXPIRY, commitment: random32(), tag: random32() });
  const to = deployment.contracts.OrderRegistry.address;
  const transactions = Math.ceil(events / PER_TRANSACTION);
  for (let nonce = 0; nonce < transactions; nonce++) {
    const data = orders.encodeFunctionData('postMany', [Array.from({ length: PER_TRANSACTION }, posting)]);
    const call = { type: 0, chainId: chain.chainId, nonce, gasLimit: 10_000_000n, gasPrice: 0n, to, data };
    await rpc(chain.url, 'eth_sendRawTransaction', [await wallet.signTransaction(call)]);
  }
  for (;;) {
    const count = Number(await rpc<string>(chain.url, 'eth_getTransactionCount', [wallet.address, 'latest']));
    if (count === transactions) return { chain, consortium, events: transactions * PER_TRANSACTION };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
