import type { Config } from '../config/index.js';
import type { Address } from '../kernel/ids.js';
import type { Follower } from './follower.js';
import type { LaneLock } from './lane-lock.js';
import { LaneRunner } from './lane-runner.js';
import type { Sender } from './sender.js';

const LANE = `0x${'a1'.repeat(20)}` as Address;

/** A runner whose lock answers in turn: held, held by another process, or a database that fails. */
function runnerWith(...locks: ('held' | 'elsewhere' | 'fails')[]) {
  const did: string[] = [];
  const lock: Pick<LaneLock, 'whileHeld'> = {
    async whileHeld(_, work) {
      const now = locks.shift() ?? 'held';
      did.push(now);
      if (now === 'fails') throw new Error('the database is gone');
      if (now === 'held') await work();
      return now === 'held';
    },
  };
  const note = (what: string) => async () => void did.push(what);
  const follower: Pick<Follower, 'rewind' | 'follow'> = { rewind: note('rewind'), follow: note('follow') };
  const sender: Pick<Sender, 'send'> = { send: note('send') };
  const runner = new LaneRunner(
    lock as LaneLock,
    follower as Follower,
    sender as Sender,
    { databasePool: 4 } as Config,
  );
  /** Resolves when so much was done. */
  const after = async (count: number) => {
    while (did.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    return did;
  };
  return { runner, after };
}

it('rewinds a lane that another process had just then', async () => {
  const { runner, after } = runnerWith('elsewhere');
  runner.kick(LANE, true);
  expect(await after(5)).toEqual(['elsewhere', 'held', 'rewind', 'follow', 'send']);
  await runner.stop();
});

it('owes a rewind that the database did not let it do, though nothing is open in the lane', async () => {
  const { runner, after } = runnerWith('fails');
  runner.kick(LANE, true);
  await after(1);
  await new Promise((resolve) => setImmediate(resolve));
  runner.kickOwed();
  expect(await after(5)).toEqual(['fails', 'held', 'rewind', 'follow', 'send']);
  runner.kickOwed();
  await runner.stop();
  expect(await after(5)).toHaveLength(5);
});
