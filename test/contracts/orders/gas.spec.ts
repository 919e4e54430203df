import { Batch, postBatch } from './batch.js';
import { Trade } from './trade.js';

// DESIGN.md §8: through the proxies, both parties' membership checked.
const ALONE = 68_500;
const IN_A_HUNDRED = 28_300;
const IN_A_BATCH: readonly (readonly [size: number, each: number])[] = [
  [200, 320],
  [1_000, 65],
];

let trade: Trade;
beforeAll(async () => {
  trade = await Trade.begin();
});
beforeEach(() => trade.reset());

it('posts one order within the budget', async () => {
  const { supplier, commitment, tag, expiry } = await trade.posting();
  const { gas } = await trade.orders.send(trade.buyer.operator, 'post', supplier, commitment, tag, expiry);
  expect(gas).toBeLessThanOrEqual(ALONE);
});

it('posts a hundred orders within the budget of each', async () => {
  const postings = await Promise.all(Array.from({ length: 100 }, () => trade.posting()));
  const { gas, events } = await trade.orders.send(trade.buyer.operator, 'postMany', postings);
  expect(events).toHaveLength(100);
  expect(gas / 100).toBeLessThanOrEqual(IN_A_HUNDRED);
});

it.each(IN_A_BATCH)('posts a batch of %i orders within %i gas of each', async (size, each) => {
  const { gas } = await postBatch(trade, await Batch.of(trade, size));
  expect(gas / size).toBeLessThanOrEqual(each);
});
