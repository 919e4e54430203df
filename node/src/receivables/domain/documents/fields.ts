import { type DecidingMember, membersOf } from '../../../documents/model/line-has.js';
import type { LineModel } from '../../../documents/model/index.js';
import { wholeArray } from '../../../kernel/disclosure.js';
import type { ItemIds } from '../cover/line-meeting.js';
import type { DocumentFields } from './document-fields.js';
import { isFigure } from './figures.js';

export type { DocumentFields };

/** A line of any document. What is absent is not in the document, except what `item.hidden` and `orderNumberHidden` say. */
export interface FieldLine extends Omit<LineModel, 'item'> {
  readonly item: ItemIds;
  readonly amount?: string;
  readonly orderLine?: string;
  readonly orderNumber?: string;
  readonly rejected?: string;
  /** The line names its order's number, which is not among the fields. */
  readonly orderNumberHidden: boolean;
}

/** Absent, each of these raises the cover of some claim: a line that has it and does not show it says nothing. */
const NEEDED: readonly DecidingMember[] = ['quantity', 'unit', 'rejected', 'orderLine', 'amount'];
const ITEMS: readonly DecidingMember[] = ['item', 'buyerItem', 'standardItem'];

/**
 * All lines of a document; undefined unless the whole array is there, since a line left out could be the one that counts,
 * and unless each line shows its id, which deciding members it has, and those of them that quantities and cover need, as figures
 * that can be read.
 */
export function linesOf(fields: DocumentFields): FieldLine[] | undefined {
  const lines = wholeArray(fields, '/lines')?.map(lineOf);
  return lines?.every((line) => line !== undefined) ? lines : undefined;
}

function lineOf(line: DocumentFields): FieldLine | undefined {
  const id = line.get('/id');
  const said = line.get('/has');
  const has = said === undefined ? undefined : membersOf(said);
  if (id === undefined || !has) return undefined;
  const hidden = [...has].filter((name) => !line.has(`/${name}`));
  if (hidden.some((name) => NEEDED.includes(name))) return undefined;
  if (!['/quantity', '/amount', '/rejected'].every((path) => isFigure(line.get(path)))) return undefined;
  return {
    id,
    item: { ...itemOf(line), ...(hidden.some((name) => ITEMS.includes(name)) && { hidden: true }) },
    quantity: line.get('/quantity'),
    unit: line.get('/unit'),
    amount: line.get('/amount'),
    orderLine: line.get('/orderLine'),
    orderNumber: line.get('/orderNumber'),
    rejected: line.get('/rejected'),
    orderNumberHidden: hidden.includes('orderNumber'),
  };
}

/**
 * `/item` repeats the first id there is: the seller's; perhaps so where it is the same as the standard one, which sellers number by too.
 * A buyer's number is its own: one that a seller has as well is of something else.
 */
function itemOf(line: DocumentFields): ItemIds {
  const [item, buyer, standard] = ['/item', '/buyerItem', '/standardItem'].map((path) => line.get(path));
  if (item !== undefined && item === standard) return { perhapsSeller: item, buyer, standard };
  return { seller: item === buyer ? undefined : item, buyer, standard };
}
