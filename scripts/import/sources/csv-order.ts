import { type Item, type Refusal, unfit } from '../item.js';
import type { Column } from './csv-columns.js';

type Tree = { [name: string]: string | Tree };

/** An order as its rows come, one after another. A row that cannot be read makes the whole order unfit: none is posted in part. */
export class CsvOrder {
  private readonly said = new Map<Column, string>();
  private readonly lines: Tree[] = [];
  private last: number;

  /**
   * `number` is what tells its rows from those of others; `first` its first line in the file; `fault` what is known already of why it cannot be
   * taken in.
   */
  constructor(
    readonly number: string,
    private readonly first: number,
    private fault?: Refusal,
  ) {
    this.last = first;
    if (number === '') this.fail('CSV_NUMBER_MISSING', 'a row has no order number', { line: first });
  }

  /** A row that may be of it and cannot be read. */
  spoil(fault: Refusal, line: number): void {
    this.last = line;
    this.fault ??= fault;
  }

  /** Cells in the order of the columns, as many; an empty one says nothing. */
  add(columns: readonly Column[], cells: readonly string[], line: number): void {
    this.last = line;
    const own: Tree = {};
    for (const [i, column] of columns.entries()) {
      const cell = cells[i]!;
      if (cell.trim() === '') continue;
      if (column.of === 'LINE') put(own, column.path, cell);
      else this.say(column, cell, line);
    }
    if (Object.keys(own).length > 0) this.lines.push(own);
  }

  /** The first fault counts. */
  fail(code: string, detail: string, facts?: Refusal['facts']): void {
    this.fault ??= { code, detail, ...(facts && { facts }) };
  }

  /** As it is sent; `supplier` where its rows name none. */
  item(supplier: string | undefined): Item {
    const place = this.first === this.last ? `line ${this.first}` : `lines ${this.first}-${this.last}`;
    if (this.fault) return { place, refusal: this.fault };
    const posting: Record<string, unknown> = { ...(supplier !== undefined && { supplier }) };
    const document: Tree = {};
    for (const [{ of, path }, value] of this.said) put(of === 'POSTING' ? (posting as Tree) : document, path, value);
    if (!('supplier' in posting)) return unfit(place, 'SUPPLIER_MISSING', 'it names no supplier, nor does --supplier');
    const lines = this.lines.length > 0 ? { lines: this.lines } : {};
    return { place, text: JSON.stringify({ ...posting, document: { kind: 'ORDER', ...document, ...lines } }) };
  }

  private say(column: Column, cell: string, line: number): void {
    const said = this.said.get(column) ?? cell;
    if (said !== cell)
      this.fail('CSV_ORDER_INCONSISTENT', `line ${line} says another ${column.name} than the rows before it`, {
        line,
        column: column.name,
      });
    this.said.set(column, said);
  }
}

function put(tree: Tree, path: readonly string[], value: string): void {
  const [name, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) tree[name] = value;
  else put((tree[name] ??= {}) as Tree, rest, value);
}
