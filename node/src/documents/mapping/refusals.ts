import { amountInvalid } from '../../kernel/money.js';
import { decimalInvalid } from '../../kernel/decimal.js';
import type { DocumentModel } from '../model/index.js';
import { repeatedKey } from '../source/problems.js';

interface Line {
  readonly id: string;
  readonly quantity?: string;
  readonly amount?: string;
  readonly price?: string;
  readonly outstanding?: string;
  readonly short?: string;
  readonly rejected?: string;
}

/** Which numbers of a line cannot be less than nothing, by kind; invoices and credit notes correct by negative lines. */
const NOT_NEGATIVE: Partial<Record<DocumentModel['kind'], readonly (keyof Line)[]>> = {
  ORDER: ['quantity', 'amount', 'price'],
  ORDER_CHANGE: ['quantity', 'amount', 'price'],
  DESPATCH: ['quantity', 'outstanding'],
  RECEIPT: ['quantity', 'short', 'rejected'],
  INVOICE: ['price'],
  CREDIT_NOTE: ['price'],
};

/**
 * Refuses what no document of its kind can mean: an amount or price below nothing (AMOUNT_INVALID), a quantity below
 * nothing (DECIMAL_INVALID), two lines of an order with one number, which no invoice could tell apart
 * (DOCUMENT_REPEATED_KEY).
 */
export function refuseMeaningless(model: DocumentModel): void {
  if ('amount' in model && model.amount?.startsWith('-')) {
    throw amountInvalid('/amount is less than nothing', { pointer: '/amount' });
  }
  if (model.kind === 'INVOICE' && model.prepaid?.startsWith('-')) {
    throw amountInvalid('/prepaid is less than nothing', { pointer: '/prepaid' });
  }
  if (!('lines' in model)) return;
  const lines: readonly Line[] = model.lines;
  for (const [i, line] of lines.entries()) {
    for (const name of NOT_NEGATIVE[model.kind] ?? []) {
      if (!line[name]?.startsWith('-')) continue;
      const pointer = `/lines/${i}/${name}`;
      const refusal = name === 'amount' || name === 'price' ? amountInvalid : decimalInvalid;
      throw refusal(`${pointer} is less than nothing`, { pointer });
    }
  }
  if (model.kind !== 'ORDER') return;
  const numbers = new Set<string>();
  for (const { id } of lines) {
    if (numbers.has(id)) throw repeatedKey(`two lines have the number ${id}`, { line: id });
    numbers.add(id);
  }
}
