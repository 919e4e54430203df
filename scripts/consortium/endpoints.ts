import { Interface, Wallet } from 'ethers';
import type { Deployment, MemberKeys } from '../../node/src/config/index.js';
import { loadArtifacts } from '../deploy/artifacts.js';
import { rpc } from '../embedded/rpc.js';

interface Seat {
  readonly keys: MemberKeys;
  readonly number: number;
  readonly endpoint: string;
}

/**
 * Registers where the members' nodes listen now, for those whose port another program took since the last run. Each
 * member's own admin key signs, as in production.
 */
export async function moveEndpoints(rpcUrl: string, deployment: Deployment, seats: readonly Seat[]): Promise<void> {
  const registry = new Interface(loadArtifacts().MemberRegistry.abi);
  const to = deployment.contracts.MemberRegistry.address;
  const topics = registry.encodeFilterTopics('EndpointChanged', []);
  const filter = { address: to, topics, fromBlock: `0x${deployment.startBlock.toString(16)}`, toBlock: 'latest' };
  const logs = await rpc<{ topics: string[]; data: string }[]>(rpcUrl, 'eth_getLogs', [filter]);
  const current = new Map(
    logs.map((log) => {
      const event = registry.parseLog(log)!;
      return [Number(event.args['member']), String(event.args['endpoint'])];
    }),
  );
  for (const { keys, number, endpoint } of seats) {
    if (current.get(number) === endpoint) continue;
    const wallet = new Wallet(keys.admin!);
    const nonce = Number(await rpc<string>(rpcUrl, 'eth_getTransactionCount', [wallet.address, 'pending']));
    const data = registry.encodeFunctionData('setEndpoint', [endpoint]);
    const transaction = { type: 0, chainId: deployment.chainId, nonce, gasLimit: 1_000_000n, gasPrice: 0n, to, data };
    await rpc(rpcUrl, 'eth_sendRawTransaction', [await wallet.signTransaction(transaction)]);
  }
}
