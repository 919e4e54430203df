import { z } from 'zod';
import { defineNews, newsTypes } from './news.js';

it('names are taken once, and listed with what their kinds tell', () => {
  const data = z.object({ probe: z.string() });
  const happened = defineNews('probe.happened', data);
  expect(happened({ data: { probe: 'this' } })).toEqual({ type: 'probe.happened', data: { probe: 'this' } });
  expect(newsTypes()).toContainEqual({ name: 'probe.happened', data });
  expect(() => defineNews('probe.happened', data)).toThrow('defined twice');
});
