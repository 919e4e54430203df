import { setTimeout as sleep } from 'node:timers/promises';
import { EndpointWatch } from './endpoint-watch.js';

it('tries out idle endpoints, one round at a time, whatever one ends with, until it stops', async () => {
  let rounds = 0;
  const first = Promise.withResolvers<void>();
  let round = first.promise;
  const watch = new EndpointWatch({ tryIdleEndpoints: () => (rounds++, round) }, 10);
  watch['logger'].error = () => undefined;
  watch.onApplicationBootstrap();
  while (rounds === 0) await sleep(1);
  await sleep(50);
  expect(rounds).toBe(1);
  round = Promise.resolve();
  first.reject(new Error('no'));
  while (rounds < 3) await sleep(1);
  watch.onModuleDestroy();
  const before = rounds;
  await sleep(50);
  expect(rounds).toBe(before);
});
