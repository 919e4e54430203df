// The counterpart of peers/import.mjs. Arguments: database URL, a file of orders. Prints rows a second.
import { readFileSync } from 'node:fs';
import { type Imported, importRows } from './import-rows.js';

const [url, file] = process.argv.slice(2) as [string, string];
const orders = JSON.parse(readFileSync(file, 'utf8')) as readonly Imported[];
process.stdout.write(JSON.stringify({ rows: await importRows(url, orders) }));
