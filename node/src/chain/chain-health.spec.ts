import type { Block } from './block.js';
import { ChainHealth } from './chain-health.js';

const now = Math.floor(Date.now() / 1000);
const block = (number: number, timestamp: number) => ({ number, timestamp }) as Block;
const outage = () => Promise.reject(new Error('no endpoint answers'));

function healthOver(...answers: (() => Promise<Block>)[]): ChainHealth {
  const head = () => (answers.length > 1 ? answers.shift()! : answers[0]!)();
  return new ChainHealth({ head }, 60, 20);
}

it('has no facts until an endpoint has answered, and then goes on through an outage with the last block', async () => {
  const health = healthOver(outage, () => Promise.resolve(block(7, now)), outage);
  await expect(health.facts()).rejects.toThrow('no endpoint answers');
  expect(await health.facts()).toMatchObject({ block: 7, stalled: false, reachable: true });
  expect(await health.facts()).toMatchObject({ block: 7, reachable: false });
});

it('takes an endpoint that does not answer in time for one that is out of reach', async () => {
  const never = () => new Promise<Block>(() => undefined);
  await expect(healthOver(never).facts()).rejects.toThrow('in time');
  const health = healthOver(() => Promise.resolve(block(7, now)), never);
  await health.facts();
  expect(await health.facts()).toMatchObject({ block: 7, reachable: false });
});

it('tells a chain that stands still by the age of its last block', async () => {
  const facts = await healthOver(() => Promise.resolve(block(7, now - 1_000))).facts();
  expect(facts).toMatchObject({ block: 7, stalled: true, reachable: true });
  expect(facts.ageSeconds).toBeGreaterThanOrEqual(1_000);
});
