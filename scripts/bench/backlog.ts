import { startAnvil } from '../../test/support/anvil.js';
import { deployTo, type TestConsortium } from '../../test/support/deployment.js';
import type { Anvil } from '../embedded/anvil.js';
import { Emitter } from './emitter.js';

export interface Backlog {
  readonly chain: Anvil;
  readonly consortium: TestConsortium;
  /** Events of posted orders, `perBlock` in each block. */
  readonly events: number;
}

/** A chain with `events` events of posted orders on it that nobody has indexed yet. */
export async function makeBacklog(events: number, perBlock = 50): Promise<Backlog> {
  const chain = await startAnvil();
  const consortium = await deployTo(chain.url);
  await new Emitter(chain, consortium.deployment.contracts.OrderRegistry.address).emit(events, perBlock);
  return { chain, consortium, events };
}
