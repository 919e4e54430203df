import { columnJson } from './column-text.js';
import type { CopyColumns } from './copy-in.js';
import { CopyRows } from './copy-rows.js';
import type { BeforeImage } from './row-cache.js';

export const UNDO_COLUMNS = { block: 'int8', table_name: 'text', images: 'json' } satisfies CopyColumns;

/** Images as rows of {@link UNDO_COLUMNS}, one for each table that a block changed. */
export function undoRows(images: readonly BeforeImage[]): Buffer {
  const rows = new CopyRows(Object.values(UNDO_COLUMNS));
  for (const [block, tables] of Map.groupBy(images, ({ block }) => block))
    for (const [table, some] of Map.groupBy(tables, ({ table }) => table))
      rows.add([block, table.name, some.map(imageOf)]);
  return rows.end();
}

function imageOf({ table, key, before }: BeforeImage): object {
  const json = (values: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, columnJson(table.columns[name]!, value)]));
  return { key: json(key), before: before && json(before) };
}
