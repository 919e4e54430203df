import { modelFields, type OrderModel } from '../../documents/index.js';
import type { Field } from '../../kernel/disclosure.js';

/** An imported document: its bytes' hash, and what it says. */
export interface ImportedText {
  readonly source: { readonly sha256: string };
  readonly fields: readonly Field[];
}

/** Spaces, the order of keys and comments change the bytes and not what they say; every value is in a field of its own. */
const OF_BYTES = '/source/sha256';

/** Whether two documents as they were imported say the same. Of the same bytes an earlier release may have made other fields. */
export function saysTheSame(one: ImportedText, other: ImportedText): boolean {
  return one.source.sha256 === other.source.sha256 || textOf(one) === textOf(other);
}

/**
 * Whether an order says what another became by its changes: all that a change can say. It brings no values that no field
 * of an order is for, and what it adds stands behind the lines that were there.
 */
export function saysWhatItBecame(order: OrderModel, changed: OrderModel): boolean {
  return textOf({ fields: contentOf(order) }) === textOf({ fields: contentOf(changed) });
}

const contentOf = (order: OrderModel): readonly Field[] =>
  modelFields({ ...order, lines: [...order.lines].sort(({ id: a }, { id: b }) => (a < b ? -1 : 1)) });

const textOf = ({ fields }: Pick<ImportedText, 'fields'>): string =>
  JSON.stringify(
    fields
      .filter(({ path }) => path !== OF_BYTES)
      .map(({ path, value }) => [path, value])
      .sort(([a], [b]) => (a! < b! ? -1 : 1)),
  );
