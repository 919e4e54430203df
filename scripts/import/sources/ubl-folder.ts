import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Item, type Source, unfit } from '../item.js';
import { ImportStopped } from '../stopped.js';
import { MOST_BYTES } from './ndjson.js';

/** Each XML file of a folder is an order, by name; hidden files are none. Whether one is UBL, the node says. Throws ImportStopped. */
export function ublFolder(folder: string, supplier: string | undefined): Source {
  if (supplier === undefined)
    throw new ImportStopped('SUPPLIER_MISSING', 'say by --supplier whom the orders of the folder are for');
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();
  let read = 0;
  const items = async function* (): AsyncGenerator<Item> {
    for (const name of names) {
      yield itemOf(join(folder, name), name, supplier);
      read++;
    }
  };
  return { items: items(), total: names.length, read: () => read };
}

function itemOf(path: string, place: string, supplier: string): Item {
  try {
    const stats = statSync(path);
    if (!stats.isFile() || !/\.xml$/i.test(place)) return unfit(place, 'FILE_NOT_XML', 'it is no .xml file');
    if (stats.size > MOST_BYTES / 2)
      return unfit(place, 'FILE_TOO_LARGE', `it has ${stats.size} bytes`, { bytes: stats.size, most: MOST_BYTES / 2 });
    return { place, text: JSON.stringify({ supplier, xml: readFileSync(path).toString('base64') }) };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'error';
    return unfit(place, 'FILE_UNREADABLE', `it cannot be read (${reason})`, { reason });
  }
}
