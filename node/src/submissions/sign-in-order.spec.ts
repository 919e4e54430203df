import { signInOrder } from './sign-in-order.js';

const items = Array.from({ length: 11 }, (_, i) => i);

it('signs all, in their order, a few at a time', async () => {
  let [now, most] = [0, 0];
  const signed = await signInOrder(items, async (item, index) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 11 - item));
    now--;
    return [item, index];
  });
  expect(signed).toEqual(items.map((item) => [item, item]));
  expect(most).toBe(4);
});

it.each([5, 6, 8])('gives what comes before the first that fails: %i', async (failing) => {
  const sign = async (item: number) => {
    if (item === failing || item === failing + 1) throw new Error(`no ${item}`);
    return item;
  };
  expect(await signInOrder(items, sign)).toEqual(items.slice(0, failing));
});

it('rejects when the first of all fails', async () => {
  await expect(signInOrder(items, () => Promise.reject(new Error('no signer')))).rejects.toThrow('no signer');
});
