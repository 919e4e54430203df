import { eachInTurn } from './each-in-turn.js';

const failing = (...bad: number[]) => {
  const tried: number[] = [];
  const work = (item: number): Promise<void> => {
    tried.push(item);
    return bad.includes(item) ? Promise.reject(new Error(`no ${item}`)) : Promise.resolve();
  };
  return { tried, work };
};

describe('each in turn', () => {
  it('tries all, and throws the one fault after them', async () => {
    const { tried, work } = failing(1);
    await expect(eachInTurn([1, 2, 3], work)).rejects.toThrow('no 1');
    expect(tried).toEqual([1, 2, 3]);
  });

  it('throws several faults together', async () => {
    const { work } = failing(1, 3);
    await expect(eachInTurn([1, 2, 3], work)).rejects.toMatchObject({
      message: '2 of them failed',
      errors: [new Error('no 1'), new Error('no 3')],
    });
  });

  it('throws nothing where nothing failed', async () => {
    await expect(eachInTurn([1, 2], failing().work)).resolves.toBeUndefined();
  });
});
