import type { Anvil } from '../../scripts/embedded/anvil.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { startAnvil } from '../support/anvil.js';
import { reorg } from './reorg.js';

const DEPTH = 10;

let anvil: Anvil;

beforeAll(async () => {
  anvil = await startAnvil({ blockTime: 1 });
  await rpc(anvil.url, 'anvil_mine', ['0x20']);
  await rpc(anvil.url, 'evm_setIntervalMining', [0]);
});

afterAll(() => anvil?.stop());

it('leaves no number without its block, though one is made meanwhile', async () => {
  for (let time = 0; time < 60; time++) {
    await Promise.allSettled([rpc(anvil.url, 'evm_mine'), reorg(anvil.url, DEPTH)]);
    const head = Number(await rpc<string>(anvil.url, 'eth_blockNumber'));
    for (let number = head - 2 * DEPTH; number <= head; number++)
      expect(await rpc(anvil.url, 'eth_getBlockByNumber', [`0x${number.toString(16)}`, false])).not.toBeNull();
    await rpc(anvil.url, 'anvil_mine', ['0x14']);
  }
});
