import { wholeArray } from '../../../kernel/disclosure.js';
import type { ItemModel, LineModel } from '../../../documents/model/index.js';

/** Fields of a committed document by their pointers: all of them, or those that were disclosed. */
export type DocumentFields = ReadonlyMap<string, string>;

/** A line of any document, as far as its fields are there. */
export interface FieldLine extends LineModel {
  readonly amount?: string;
  readonly orderLine?: string;
  readonly orderNumber?: string;
  readonly rejected?: string;
}

/** All lines of a document; undefined unless the whole array is there, since a line left out could be the one that counts. */
export function linesOf(fields: DocumentFields): FieldLine[] | undefined {
  return wholeArray(fields, '/lines')?.map((line) => ({
    id: line.get('/id') ?? '',
    item: itemOf(line),
    quantity: line.get('/quantity'),
    unit: line.get('/unit'),
    amount: line.get('/amount'),
    orderLine: line.get('/orderLine'),
    orderNumber: line.get('/orderNumber'),
    rejected: line.get('/rejected'),
  }));
}

/** `/item` repeats the first id there is: the seller's, unless it is the same as one of the others. */
function itemOf(line: DocumentFields): ItemModel {
  const [item, buyer, standard] = ['/item', '/buyerItem', '/standardItem'].map((path) => line.get(path));
  return { seller: item === buyer || item === standard ? undefined : item, buyer, standard };
}
