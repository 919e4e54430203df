import { type Anvil, startAnvilProcess } from '../embedded/anvil.js';
import type { Spawn } from '../embedded/child.js';
import { rpc } from '../embedded/rpc.js';

const SAVE_EVERY_MS = 3_000;
export const CHAIN_ID = 31_337;

/**
 * The chain of the embedded consortium. It stands for the validators: its state is saved every few seconds when it
 * changed, so that a kill costs it the blocks since then, which is a reorg to the nodes.
 */
export async function startChain(dir: string, port: number, spawn: Spawn): Promise<Anvil> {
  const anvil = await startAnvilProcess({ dir, port, chainId: CHAIN_ID, blockTime: 2, spawn });
  let saved = '';
  let saving: Promise<void> = Promise.resolve();
  // Blocks without transactions leave the state root as it was and are not worth a save.
  const saveIfChanged = async () => {
    const { stateRoot } = await rpc<{ stateRoot: string }>(anvil.url, 'eth_getBlockByNumber', ['latest', false]);
    if (stateRoot === saved) return;
    await anvil.save();
    saved = stateRoot;
  };
  const timer = setInterval(() => {
    saving = saving.then(saveIfChanged).catch(() => {}); // a dead chain is its service's business
  }, SAVE_EVERY_MS);
  void anvil.exited.then(() => clearInterval(timer));
  return {
    ...anvil,
    async stop() {
      clearInterval(timer);
      await saving;
      await anvil.save();
      await anvil.stop();
    },
  };
}
