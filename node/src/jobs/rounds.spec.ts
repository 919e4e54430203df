import { Rounds } from './rounds.js';

const HOUR = 3_600_000;

/** A look that ends when the test says so. */
class Looks {
  count = 0;
  end = () => {};
  private begun = () => {};
  private next = this.anew();

  private anew(): Promise<void> {
    return new Promise((resolve) => (this.begun = resolve));
  }

  readonly look = (): Promise<void> => {
    this.count += 1;
    const ended = new Promise<void>((resolve) => (this.end = resolve));
    this.begun();
    this.next = this.anew();
    return ended;
  };

  /** Resolves when the next look begins, unless `count` have begun already. */
  async begins(count: number): Promise<void> {
    while (this.count < count) await this.next;
  }
}

const quiet = { everyMs: HOUR, gapMs: 0, onFault: () => {} };
const never = () => () => {};

it('looks at the start, and once more for all wakes during a look', async () => {
  const looks = new Looks();
  const rounds = new Rounds(looks.look, quiet);
  rounds.start(never);
  await looks.begins(1);
  rounds.wake();
  rounds.wake();
  looks.end();
  await looks.begins(2);
  looks.end();
  await rounds.stop();
  expect(looks.count).toBe(2);
});

it('looks when what it listens to wakes it, and each round', async () => {
  const looks = new Looks();
  let signal = () => {};
  let ended = false;
  const rounds = new Rounds(looks.look, { ...quiet, everyMs: 1 });
  rounds.start((wake) => ((signal = wake), () => (ended = true)));
  for (let round = 1; round <= 3; round++) {
    await looks.begins(round);
    looks.end();
  }
  await looks.begins(4);
  signal();
  looks.end();
  await looks.begins(5);
  looks.end();
  await rounds.stop();
  expect(ended).toBe(true);
});

it('begins no two looks within the gap', async () => {
  let count = 0;
  const rounds = new Rounds(
    async () => {
      if (++count < 3) rounds.wake();
      else done();
    },
    { ...quiet, gapMs: 20 },
  );
  let done = () => {};
  const three = new Promise<void>((resolve) => (done = resolve));
  // Of both gaps together: when the second look began is told late where the machine is busy.
  const before = performance.now();
  rounds.start(never);
  await three;
  // The clock of the gap has whole milliseconds.
  expect(performance.now() - before).toBeGreaterThan(2 * 18);
  await rounds.stop();
});

it('tells of a look that fails, and looks again', async () => {
  const faults: unknown[] = [];
  let count = 0;
  let done = () => {};
  const again = new Promise<void>((resolve) => (done = resolve));
  const rounds = new Rounds(
    async () => {
      if (++count === 1) throw new Error('the database is gone');
      done();
    },
    { ...quiet, onFault: (error) => (faults.push(error), rounds.wake()) },
  );
  rounds.start(never);
  await again;
  await rounds.stop();
  expect(faults).toEqual([new Error('the database is gone')]);
});

it('waits for the look under way when it stops, and does nothing after', async () => {
  const looks = new Looks();
  const rounds = new Rounds(looks.look, quiet);
  rounds.wake();
  expect(looks.count).toBe(0);
  rounds.start(never);
  await looks.begins(1);
  let stopped = false;
  const stop = rounds.stop().then(() => (stopped = true));
  await Promise.resolve();
  expect([stopped, rounds.isOpen]).toEqual([false, false]);
  rounds.wake();
  looks.end();
  await stop;
  rounds.wake();
  expect(looks.count).toBe(1);
});
