import { ImportStopped } from '../stopped.js';

/** Where a cell goes: to the order, to its line, or beside the document. */
export interface Column {
  readonly name: string;
  readonly of: 'ORDER' | 'LINE' | 'POSTING';
  /** Names on the way to the value. */
  readonly path: readonly string[];
}

const POSTING = ['supplier', 'expiresAt'];
const ORDER = [
  ...[
    'number',
    'issueDate',
    'currency',
    'amount',
    'taxAmount',
    'contract',
    'validUntil',
    'deliverFrom',
    'deliverUntil',
  ],
  ...['buyer.id', 'buyer.scheme', 'buyer.name', 'seller.id', 'seller.scheme', 'seller.name'],
];
const LINE = [
  ...['id', 'item', 'buyerItem', 'standardItem', 'name', 'quantity', 'unit', 'price', 'priceQuantity', 'amount'],
].map((name) => `line.${name}`);

/** All columns that a file may have. */
export const COLUMNS = [...POSTING, ...ORDER, ...LINE];

/**
 * What a header names. Throws CSV_COLUMN_UNKNOWN, since what nobody reads is hardly what was meant; CSV_COLUMN_TWICE,
 * CSV_COLUMN_MISSING.
 */
export function readHeader(cells: readonly string[], supplier: string | undefined): Column[] {
  const names = cells.map((cell) => cell.trim());
  const unknown = names.find((name) => !COLUMNS.includes(name));
  if (unknown !== undefined)
    throw new ImportStopped(
      'CSV_COLUMN_UNKNOWN',
      `there is no column ${JSON.stringify(unknown.slice(0, 60))}; it is one of ${COLUMNS.join(', ')}`,
    );
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new ImportStopped('CSV_COLUMN_TWICE', `the column ${twice} is there twice`);
  const needed = ['number', ...(supplier === undefined ? ['supplier'] : [])];
  const missing = needed.find((name) => !names.includes(name));
  if (missing !== undefined)
    throw new ImportStopped(
      'CSV_COLUMN_MISSING',
      `there is no column ${missing}${missing === 'supplier' ? ', and --supplier names none' : ''}`,
    );
  return names.map((name) => {
    if (POSTING.includes(name)) return { name, of: 'POSTING', path: [name] };
    const path = name.split('.');
    return LINE.includes(name) ? { name, of: 'LINE', path: path.slice(1) } : { name, of: 'ORDER', path };
  });
}
