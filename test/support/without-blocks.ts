import { rpc } from '../../scripts/embedded/rpc.js';

/** Does something while the chain makes no block, then has it make one. From then on it makes them on demand alone. */
export async function withoutBlocks<T>(url: string, act: () => Promise<T>): Promise<T> {
  // Ends mining on demand too, where a chain that does both goes on with it when that alone is switched off.
  await rpc(url, 'evm_setIntervalMining', [0]);
  try {
    return await act();
  } finally {
    await rpc(url, 'evm_mine', []);
    await rpc(url, 'evm_setAutomine', [true]);
  }
}
