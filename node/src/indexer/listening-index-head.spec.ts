import { ListeningIndexHead } from './listening-index-head.js';

it('that is closed lets nobody wait for a block: neither who waits already nor who comes later', async () => {
  const head = new ListeningIndexHead('postgres://127.0.0.1:1/none');
  const waiting = head.waitFor(5, 3_600_000);
  await head.close();
  expect(await Promise.all([waiting, head.waitFor(5, 3_600_000), head.waitFor(-1, 0)])).toEqual([false, false, true]);
});
