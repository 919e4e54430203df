import type { Refusal } from '../item.js';
import type { Column } from './csv-columns.js';

/** What stands for bytes that are no UTF-8 once they are text. */
const REPLACED = '\ufffd';

/** Why a row cannot be read, if it cannot. No cell of such a row is where it should be, or what was written there: its number neither. */
export function faultOf(columns: readonly Column[], cells: readonly string[], line: number): Refusal | undefined {
  if (cells.length !== columns.length) {
    const facts = { line, cells: cells.length, columns: columns.length };
    return { code: 'CSV_ROW_WIDTH', detail: `line ${line} has ${cells.length} cells of ${columns.length}`, facts };
  }
  if (cells.some((cell) => cell.includes(REPLACED)))
    return { code: 'CSV_NOT_UTF8', detail: `line ${line} is not UTF-8`, facts: { line } };
  return undefined;
}

/** The same fault, told of the order that comes after the row. */
export const orOfNext = (fault: Refusal): Refusal => ({
  ...fault,
  detail: `${fault.detail}, and this order, which comes after it, may begin there`,
});

/** The order number that a row says; empty when it says none. */
export function numberIn(columns: readonly Column[], cells: readonly string[]): string {
  return cells[columns.findIndex(({ name }) => name === 'number')]?.trim() ?? '';
}
