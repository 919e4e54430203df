import type { network } from 'hardhat';

export type Chain = Awaited<ReturnType<typeof network.create>>;
export type Signer = Awaited<ReturnType<Chain['ethers']['getSigners']>>[number];

/** A fresh chain in this process: Hardhat's EVM at cancun, one block a transaction. */
export async function startChain(): Promise<Chain> {
  const { network } = await import('hardhat');
  return network.create();
}

/** A function that takes the chain back to where it is now, as often as it is called. */
export async function resetPoint({ provider }: Chain): Promise<() => Promise<void>> {
  let snapshot = await provider.request({ method: 'evm_snapshot' });
  return async () => {
    await provider.request({ method: 'evm_revert', params: [snapshot] });
    snapshot = await provider.request({ method: 'evm_snapshot' });
  };
}

/** Mines a block `seconds` after the last one and returns its time. */
export async function pass({ provider, ethers }: Chain, seconds: number): Promise<number> {
  await provider.request({ method: 'evm_increaseTime', params: [seconds] });
  await provider.request({ method: 'evm_mine' });
  const block = await ethers.provider.getBlock('latest');
  return block!.timestamp;
}

/** Puts off mining until `end` is called, so that several transactions share a block. */
export async function holdMining({ provider }: Chain): Promise<{ end(): Promise<void> }> {
  await provider.request({ method: 'evm_setAutomine', params: [false] });
  return {
    async end() {
      await provider.request({ method: 'evm_mine' });
      await provider.request({ method: 'evm_setAutomine', params: [true] });
    },
  };
}
