import { pipeline, type Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type Item, type Refusal, unfit } from '../item.js';
import { type Column, readHeader } from './csv-columns.js';
import { CsvOrder } from './csv-order.js';
import { faultOf, numberIn, orOfNext } from './csv-row.js';
import { MOST_BYTES } from './ndjson.js';

export interface CsvOptions {
  /** For orders whose rows name none. */
  readonly supplier?: string;
  readonly delimiter?: string;
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Orders of a file with a header, a row for each line of an order; rows with one order number that follow one another are one order.
 * Rows of an order that was before are no order: they are refused, since it was posted without them. Whose a row is that cannot be read,
 * nobody knows: the order before it is refused and so is the one after it, either of which may lack it. Throws ImportStopped for a header
 * that is not understood. Where the file cannot be read on, the last item says so.
 */
export async function* csvItems(stream: Readable, { supplier, delimiter = ',' }: CsvOptions): AsyncGenerator<Item> {
  const parser = parse({
    ...{ bom: true, info: true, relax_column_count: true, skip_empty_lines: true },
    ...{ delimiter, max_record_size: MOST_BYTES },
  });
  pipeline(stream, parser, () => {});
  let columns: readonly Column[] | undefined;
  let order: CsvOrder | undefined;
  /** Of a row that cannot be read, until another order begins: rows of the order before it may follow, and the row be of neither. */
  let unread: Refusal | undefined;
  const before = new Map<string, number>();
  try {
    for await (const { record, info } of parser as AsyncIterable<Row>) {
      if (!columns) {
        columns = readHeader(record, supplier);
        continue;
      }
      const fault = faultOf(columns, record, info.lines);
      if (fault) {
        order ??= new CsvOrder('', info.lines, fault);
        order.spoil(fault, info.lines);
        unread = orOfNext(fault);
        continue;
      }
      const said = numberIn(columns, record);
      // Of a row that has none: that of the order before it, as spreadsheets name an order in its first row only. Where it was meant for
      // another order it says otherwise than the rows before it, and none of them is posted: never an order in part.
      const number = said || order?.number || '';
      if (order && order.number !== number) {
        yield order.item(supplier);
        order = undefined;
      }
      if (!order) {
        order = new CsvOrder(number, info.lines, unread);
        unread = undefined;
        const line = before.get(number);
        if (line !== undefined) order.fail('CSV_ROWS_APART', apart(number, line), { line: info.lines, before: line });
        before.set(number, info.lines);
      }
      order.add(columns, record, info.lines);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: number }).lines ?? 0);
    order?.fail(error.code, `the file cannot be read on from line ${line}, where this order may go on`, { line });
    if (order) yield order.item(supplier);
    yield unfit(`line ${line}`, error.code, `the file cannot be read on from here: ${error.message}`, { line });
    return;
  }
  if (order) yield order.item(supplier);
}

const apart = (number: string, line: number): string =>
  `rows of order ${number} stand apart: it was taken as line ${line} and those after it say, without these`;
