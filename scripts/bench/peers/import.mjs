// How rows are usually imported: TypeORM's repo.save(array). Arguments: database URL, a file of rows by table. Prints rows a second.
import { readFileSync } from 'node:fs';
import { DataSource, EntitySchema } from 'typeorm';

const [url, file] = process.argv.slice(2);
const tables = JSON.parse(readFileSync(file, 'utf8'));
const entities = tables.map(
  ({ name, columns }) =>
    new EntitySchema({
      name,
      columns: Object.fromEntries(
        columns.map(({ name: column, type, primary }) => [column, { type, primary: !!primary, nullable: true }]),
      ),
    }),
);
const source = await new DataSource({ type: 'postgres', url, entities }).initialize();
const bytes = (value) =>
  typeof value === 'string' && value.startsWith('\\x') ? Buffer.from(value.slice(2), 'hex') : value;
const rows = tables.map(({ rows: list }) =>
  list.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, bytes(value)]))),
);
const started = performance.now();
await source.transaction(async (manager) => {
  for (const [i, { name }] of tables.entries()) await manager.getRepository(name).save(rows[i], { chunk: 1000 });
});
const seconds = (performance.now() - started) / 1000;
process.stdout.write(JSON.stringify({ rows: rows.flat().length / seconds }));
await source.destroy();
