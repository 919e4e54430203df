import { jest } from '@jest/globals';
import type { Hex } from '../../kernel/hex.js';
import type { Financing } from '../domain/financing.js';
import { AwaitedTags } from './awaited-tags.js';

const [CLAIM, TAGGED, OTHER]: Hex[] = ['0a', '0b', '0c'].map((byte): Hex => `0x${byte.repeat(32)}`);
const FINANCING = { object: CLAIM, onOrder: false } as Financing;

/** Of a claim of two orders, one tag of each is here; the buyer of each has so many tag keys. */
function holder() {
  let owed = [1, 1];
  let stands = true;
  const asked: string[] = [];
  const tags = new AwaitedTags(
    { get: () => Promise.resolve({ orders: [TAGGED, OTHER] }) } as never,
    {
      findMany: (ids: Hex[]) => Promise.resolve(ids.map((id) => ({ id, buyer: id === TAGGED ? 0 : 1 }))),
    } as never,
    { keysOf: (buyer: number) => Promise.resolve(Array(owed[buyer]!)) } as never,
    { orderTags: () => Promise.resolve([{ tags: [{}] }]) } as never,
    { stands: () => Promise.resolve(stands) } as never,
    {
      send: ({ to, type, object }: { to: number; type: string; object: Hex }) =>
        Promise.resolve(void asked.push([to, type, object].join())),
    } as never,
    { afterCommit: (hook: () => void) => hook() } as never,
  );
  return async (keys: number[], isLive = true) => {
    [owed, stands] = [keys, isLive];
    asked.length = 0;
    const lack = await tags.lack(FINANCING);
    return { lack, asked: [...asked], untagged: (await tags.untagged(FINANCING)).map(({ id }) => id) };
  };
}

it('asks a buyer once for each tag key that it registers', async () => {
  const look = holder();
  expect(await look([1, 1])).toEqual({ lack: false, asked: [], untagged: [] });
  const asked = [`1,order.tag-request,${OTHER}`];
  expect(await look([1, 2])).toEqual({ lack: true, asked, untagged: [OTHER] });
  expect(await look([1, 2])).toEqual({ lack: true, asked: [], untagged: [OTHER] });
  expect(await look([1, 3])).toEqual({ lack: true, asked, untagged: [OTHER] });
});

it('asks again after a day, and keeps no note of what it asked before', async () => {
  const clock = jest.spyOn(Date, 'now');
  const at = (hours: number) => clock.mockReturnValue(1_000_000 + hours * 3_600_000);
  try {
    const look = holder();
    const asked = [`1,order.tag-request,${OTHER}`];
    at(0);
    expect(await look([1, 2])).toMatchObject({ asked });
    at(23);
    expect(await look([2, 2])).toMatchObject({ asked: [`0,order.tag-request,${TAGGED}`] });
    at(24);
    expect(await look([2, 2])).toMatchObject({ asked });
    at(46);
    expect(await look([2, 2])).toMatchObject({ asked: [] });
    at(47);
    expect(await look([2, 2])).toMatchObject({ asked: [`0,order.tag-request,${TAGGED}`] });
  } finally {
    clock.mockRestore();
  }
});

it('goes on with a word that a lender took in before its operator was revoked, and begins with none', async () => {
  expect(await holder()([1, 1], false)).toEqual({ lack: false, asked: [], untagged: [TAGGED, OTHER] });
});
