import type { Answer } from '../../scripts/demo/client.js';
import { eventually } from './eventually.js';

const answers = (...codes: string[]): (() => Promise<Answer>) => {
  return () => Promise.resolve({ status: 404, body: { code: codes.length > 1 ? codes.shift() : codes[0] }, block: 1 });
};

it('gives the first answer that is as wanted', async () => {
  const seen = await eventually(answers('A', 'B', 'C'), ({ body }) => body['code'] === 'B');
  expect(seen.body).toEqual({ code: 'B' });
});

it('throws with the last answer when none is in time', async () => {
  const reading = eventually(answers('A', 'B'), () => false, 100);
  await expect(reading).rejects.toThrow('still 404: {"code":"B"}');
});
