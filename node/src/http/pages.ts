import { z } from 'zod';
import { defineProblem } from '../kernel/problem.js';

const cursorInvalid = defineProblem({
  code: 'CURSOR_INVALID',
  status: 400,
  title: 'The cursor is not one that this list gave',
});

/** Query of a list: extended with the list's filters. A parameter that is in neither is refused (query-names.ts). */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Most items to answer with.'),
  cursor: z.string().max(512).optional().describe('nextCursor of the page before.'),
});

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/** Schema of a list's answer. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The sort key of the last item of the page before, as `schema` reads it. Throws CURSOR_INVALID. */
export function readCursor<Key>(cursor: string | undefined, schema: z.ZodType<Key>): Key | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw cursorInvalid('take nextCursor from the page before, with the same filters');
  }
}

/** A page of `rows`, of which the query fetched `limit + 1`; `keyOf` gives what {@link readCursor} will read. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => unknown,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items: shown.map(toItem),
    nextCursor: more ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : null,
  };
}
