import { rpc } from '../../scripts/embedded/rpc.js';
import type { FaultyRpc } from './faulty-rpc.js';
import { reorg } from './reorg.js';
import type { Fault, Kind } from './schedule.js';
import { memberOf, type World } from './world.js';

/** Makes it go wrong; what it returns mends it, when its time is over. */
type Breaking = (world: World, fault: Fault) => Promise<() => unknown> | (() => unknown);

const nothing = (): void => undefined;
const endpointsOf = (world: World, { target }: Fault) => world.endpoints.get(target)!;
const processOf = (world: World, { target }: Fault) => world.processes.get(target)!;
const doorOf = (world: World, { target }: Fault) => world.doors.get(memberOf(target))!;

/** Changes the endpoint that the process prefers, and back. */
const preferred =
  (set: (endpoint: FaultyRpc, size: number) => unknown, reset: (endpoint: FaultyRpc) => unknown): Breaking =>
  async (world, fault) => {
    const [endpoint] = endpointsOf(world, fault);
    await set(endpoint, fault.size);
    return () => reset(endpoint);
  };

/** Changes both endpoints that the process has, and back. */
const both =
  (set: (endpoint: FaultyRpc, size: number) => void, reset: (endpoint: FaultyRpc) => void): Breaking =>
  (world, fault) => {
    const endpoints = endpointsOf(world, fault);
    for (const endpoint of endpoints) set(endpoint, fault.size);
    return () => endpoints.forEach(reset);
  };

async function setMining({ anvil }: World, on: boolean): Promise<void> {
  await rpc(anvil.url, 'evm_setAutomine', [on]);
  await rpc(anvil.url, 'evm_setIntervalMining', [on ? 1 : 0]);
}

/** Anvil goes on by the clock of the block that it went back to, where validators stamp by their own. */
async function timeOfNextBlock({ anvil }: World): Promise<number> {
  const { timestamp } = await rpc<{ timestamp: string }>(anvil.url, 'eth_getBlockByNumber', ['latest', false]);
  return Math.max(Number(timestamp) + 1, Math.floor(Date.now() / 1000));
}

/** Mining is put off meanwhile; a block that was begun before may come yet. */
const reorganised: Breaking = async (world, { size }) => {
  await setMining(world, false);
  try {
    await reorg(world.anvil.url, size);
  } finally {
    await rpc(world.anvil.url, 'anvil_setTime', [await timeOfNextBlock(world)]);
    if (!world.stalled) await setMining(world, true);
  }
  return nothing;
};

export const BREAKINGS: Record<Kind, Breaking> = {
  'rpc-errors': both(
    (endpoint, size) => (endpoint.errors = size / 100),
    (endpoint) => (endpoint.errors = 0),
  ),
  'rpc-slow': both(
    (endpoint) => (endpoint.slow = true),
    (endpoint) => (endpoint.slow = false),
  ),
  'rpc-down': both(
    (endpoint) => (endpoint.down = true),
    (endpoint) => (endpoint.down = false),
  ),
  'rpc-rate-limit': both(
    (endpoint) => (endpoint.limited = true),
    (endpoint) => (endpoint.limited = false),
  ),
  'rpc-fork': preferred(
    (endpoint, size) => endpoint.fork(size),
    (endpoint) => endpoint.unfork(),
  ),
  'rpc-false-receipts': preferred(
    (endpoint) => (endpoint.falseReceipts = true),
    (endpoint) => (endpoint.falseReceipts = false),
  ),
  'rpc-behind': preferred(
    (endpoint, size) => (endpoint.behind = size),
    (endpoint) => (endpoint.behind = 0),
  ),
  'rpc-torn': both(
    (endpoint, size) => Object.assign(endpoint, { behind: size, torn: true }),
    (endpoint) => Object.assign(endpoint, { behind: 0, torn: false }),
  ),
  'rpc-lost-sends': both(
    (endpoint) => (endpoint.forgetful = true),
    (endpoint) => (endpoint.forgetful = false),
  ),
  reorg: reorganised,
  'deep-reorg': reorganised,
  'chain-stall': async (world) => {
    world.stalled = true;
    await setMining(world, false);
    return async () => {
      // What lay in the pool all the while is dropped, as a validator's full pool drops it.
      await rpc(world.anvil.url, 'anvil_dropAllTransactions');
      world.stalled = false;
      await setMining(world, true);
    };
  },
  'database-connections': async ({ database }, { target }) => {
    await database.cutConnections(memberOf(target));
    return nothing;
  },
  'database-kill': async ({ database }) => {
    await database.kill();
    return nothing;
  },
  'database-read-only': async ({ database }, { target }) => {
    await database.setReadOnly(memberOf(target), true);
    return () => database.setReadOnly(memberOf(target), false);
  },
  'queue-loss': async ({ database }, { target }) => {
    await database.loseQueue(memberOf(target));
    return nothing;
  },
  'node-kill': (world, fault) => {
    processOf(world, fault).kill();
    return nothing;
  },
  'node-pause': (world, fault) => {
    processOf(world, fault).pause(true);
    return () => processOf(world, fault).pause(false);
  },
  'counterparty-down': (world, fault) => {
    processOf(world, fault).goDown();
    return () => processOf(world, fault).up();
  },
  'envelope-twice': (world, fault) => {
    doorOf(world, fault).twice = true;
    return () => (doorOf(world, fault).twice = false);
  },
  'receipt-lost': (world, fault) => {
    doorOf(world, fault).loseAnswers = true;
    return () => (doorOf(world, fault).loseAnswers = false);
  },
  'clock-off': (world, fault) => {
    processOf(world, fault).setClock(fault.size * 60_000);
    return () => processOf(world, fault).setClock(0);
  },
};
