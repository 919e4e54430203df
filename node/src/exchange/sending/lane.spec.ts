import { jest } from '@jest/globals';
import type { Claimed, Outbox } from '../storage/outbox.js';
import type { Attempt, Delivery } from './delivery.js';
import { Lane } from './lane.js';

const PATIENCE_MS = 240_000;

/** A lane with so many letters to a counterparty; `answer` hears how many attempts are under way. */
function laneOf(letters: number, answer: (underWay: number) => Attempt) {
  const waiting = Array.from({ length: letters }, (_, seq) => ({ seq }) as Claimed);
  const delivered: number[] = [];
  const outbox: Pick<Outbox, 'claim' | 'giveBack'> = {
    claim: (_, limit) => Promise.resolve(waiting.splice(0, limit)),
    giveBack: (claimed) => Promise.resolve(void waiting.unshift(...claimed)),
  };
  let underWay = 0;
  let most = 0;
  const delivery: Pick<Delivery, 'attempt'> = {
    async attempt(letter) {
      most = ++underWay;
      await new Promise((resolve) => setImmediate(resolve));
      const attempt = answer(most);
      underWay--;
      if (attempt === 'DELIVERED') delivered.push(letter.seq);
      else waiting.unshift(letter);
      return attempt;
    },
  };
  const lane = new Lane(7, outbox as Outbox, delivery as Delivery, (error) => {
    throw error;
  });
  /** Has it looked at until all are delivered; false when they are not in time. */
  const finishes = async () => {
    const end = performance.now() + PATIENCE_MS;
    while (delivered.length < letters && performance.now() < end) {
      lane.wake();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await lane.stop();
    return delivered.length === letters;
  };
  return { lane, finishes };
}

afterEach(() => void jest.restoreAllMocks());

it('delivers one at a time over a line on which many at once take too long for any', async () => {
  const { finishes } = laneOf(20, (underWay) => (underWay > 1 ? 'UNREACHABLE' : 'DELIVERED'));
  expect(await finishes()).toBe(true);
});

it('leaves a counterparty alone that has taken its fill of this member for a day', async () => {
  let asked = 0;
  const { lane } = laneOf(20, () => {
    asked++;
    return { pauseMs: 60_000 };
  });
  for (let round = 0; round < 20; round++) {
    lane.wake();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await lane.stop();
  expect(asked).toBeLessThanOrEqual(8);
});

it('goes on after a failure though the clock of the machine is set back', async () => {
  let down = true;
  const { finishes } = laneOf(1, () => {
    if (!down) return 'DELIVERED';
    down = false;
    const before = Date.now() - 7_200_000;
    jest.spyOn(Date, 'now').mockImplementation(() => before);
    return 'UNREACHABLE';
  });
  expect(await finishes()).toBe(true);
});
