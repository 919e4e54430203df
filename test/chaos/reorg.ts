import { rpc } from '../../scripts/embedded/rpc.js';

/**
 * Replaces the chain's last `depth` blocks by empty ones. A block that anvil makes while it takes others back leaves a number without
 * its block, for good: what is above such a gap is taken back too, and the chain is shorter.
 */
export async function reorg(url: string, depth: number): Promise<void> {
  try {
    await rpc(url, 'anvil_reorg', [depth, []]);
  } finally {
    for (let gap: Gap | undefined; (gap = await firstGap(url, depth));)
      await rpc(url, 'anvil_rollback', [gap.head - gap.number + 1]);
  }
}

interface Gap {
  readonly number: number;
  readonly head: number;
}

async function firstGap(url: string, depth: number): Promise<Gap | undefined> {
  const head = Number(await rpc<string>(url, 'eth_blockNumber'));
  for (let number = Math.max(0, head - 2 * depth); number <= head; number++)
    if (!(await rpc<object | null>(url, 'eth_getBlockByNumber', [`0x${number.toString(16)}`, false])))
      return { number, head };
  return undefined;
}
