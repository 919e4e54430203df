import { rpc } from '../../scripts/embedded/rpc.js';
import { MEMBERS } from './schedule.js';
import type { World } from './world.js';

interface Sent {
  readonly hash: string;
  readonly from: string;
  readonly nonce: string;
  readonly input: string;
}

/**
 * Reads the whole chain from its end: each transaction of a member's account is one submission's, or has done nothing: a
 * filling, or what reverted after a reorg and was numbered anew; and an account's nonces follow each other, in the outbox
 * as on chain.
 */
export async function strangersOnChain(world: World): Promise<{ strangers: string[]; gaps: string[] }> {
  const known = new Map<string, string>();
  const accounts = new Set<string>();
  const inOutbox = new Map<string, number>();
  for (const member of MEMBERS) {
    const rows = await world.database.query<{ tx: string; account: string; act: string }>(
      member,
      `SELECT '0x' || encode(tx, 'hex') AS tx, '0x' || encode(account, 'hex') AS account, act FROM submissions
       WHERE status = 'INCLUDED'`,
    );
    for (const { tx, account, act } of rows) {
      known.set(tx, `${act} of ${member}`);
      accounts.add(account);
      inOutbox.set(account, (inOutbox.get(account) ?? 0) + 1);
    }
  }
  const strangers: string[] = [];
  const seen = new Map<string, number>();
  const idle = new Map<string, number>();
  for (const { hash, from, input } of await transactionsOf(world)) {
    if (!accounts.has(from)) continue;
    seen.set(from, (seen.get(from) ?? 0) + 1);
    if (known.delete(hash)) continue;
    if (input === '0x' || (await reverted(world, hash))) idle.set(from, (idle.get(from) ?? 0) + 1);
    else strangers.push(`transaction ${hash} of ${from} is no submission's`);
  }
  strangers.push(...[...known].map(([hash, act]) => `${act} counts as included, and ${hash} is not on chain`));
  const gaps: string[] = [];
  for (const account of accounts) {
    const counts = await Promise.all(
      ['latest', 'pending'].map((tag) => rpc<string>(world.anvil.url, 'eth_getTransactionCount', [account, tag])),
    );
    const [latest, pending] = counts.map(Number) as [number, number];
    const own = (inOutbox.get(account) ?? 0) + (idle.get(account) ?? 0);
    if (latest !== pending || latest !== own || latest !== seen.get(account))
      gaps.push(`${account}: ${latest} included, ${pending} with those in the pool, ${own} in the outbox`);
  }
  return { strangers, gaps };
}

async function reverted({ anvil }: World, hash: string): Promise<boolean> {
  const receipt = await rpc<{ status: string } | null>(anvil.url, 'eth_getTransactionReceipt', [hash]);
  return receipt?.status === '0x0';
}

async function transactionsOf({ anvil, consortium }: World): Promise<Sent[]> {
  const head = Number(await rpc<string>(anvil.url, 'eth_blockNumber'));
  const all: Sent[] = [];
  for (let number = consortium.deployment.startBlock; number <= head; number++) {
    const block = await rpc<{ transactions: Sent[] }>(anvil.url, 'eth_getBlockByNumber', [
      `0x${number.toString(16)}`,
      true,
    ]);
    all.push(...block.transactions);
  }
  return all;
}
