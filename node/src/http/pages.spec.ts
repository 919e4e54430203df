import { z } from 'zod';
import { readCursor, toPage } from './pages.js';

const key = z.tuple([z.int(), z.string()]);
const rows = [
  { block: 1, id: 'a' },
  { block: 1, id: 'b' },
  { block: 2, id: 'c' },
];
const page = (limit: number) =>
  toPage(
    rows.slice(0, limit + 1),
    limit,
    (row) => [row.block, row.id],
    (row) => row.id,
  );

it('ends with no cursor when there is no more', () => {
  expect(page(3)).toEqual({ items: ['a', 'b', 'c'], nextCursor: null });
  expect(toPage([], 5, String, String)).toEqual({ items: [], nextCursor: null });
});

it('gives a cursor that leads to the last item shown', () => {
  const { items, nextCursor } = page(2);
  expect(items).toEqual(['a', 'b']);
  expect(readCursor(nextCursor!, key)).toEqual([1, 'b']);
  expect(readCursor(undefined, key)).toBeUndefined();
});

it.each(['', 'x', '%%%', Buffer.from('[1]').toString('base64url'), Buffer.from('["1","b"]').toString('base64url')])(
  'refuses a cursor that no list gave: %p',
  (cursor) => {
    expect(() => readCursor(cursor, key)).toThrow('CURSOR_INVALID');
  },
);
