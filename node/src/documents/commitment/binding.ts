import type { Field } from '../../kernel/disclosure.js';
import type { Hex } from '../../kernel/hex.js';
import type { OrderId, ReceivableId, Root } from '../../kernel/ids.js';
import { flatten } from '../canonical/flatten.js';
import type { TradeDocument } from '../trade-document.js';

/** Version of the canonical form: which fields a document has and how their values are written. */
export const SCHEMA = 'tradeproof/1';

/**
 * Why a document may come to another commitment than was made of it, for refusals to say: who takes it in has no word of the form in which its
 * maker committed to it (docs/adr/0103).
 */
export const NOT_COMMITTED_TO = 'it is another, or a release of another canonical form committed to it';

/** What a version of a document is committed to be part of. */
export interface Binding {
  /** From 1. */
  readonly version: number;
  /** Root of the version before; not with version 1. */
  readonly previousRoot?: Root | Hex;
  /** The order or, for a collective invoice, the orders. Not with an order's own first version, whose id it would be. */
  readonly orders?: readonly (OrderId | Hex)[];
  /** Only with an order's own first version: the tag over its number that stands in for the id. */
  readonly tag?: Hex;
  /** Only beside a tag: that the order is a framework contract, */
  readonly orderType?: 'FRAMEWORK';
  /** or which one it calls off. */
  readonly framework?: Hex;
  readonly receivable?: ReceivableId | Hex;
  /** Which of an invoice's instalments, from 0: its amount and date take the whole's place. */
  readonly instalment?: number;
}

/** All fields to commit to: what the document is bound to, then its content. Throws RangeError for a binding that cannot be. */
export function commitmentFields(
  document: Pick<TradeDocument, 'kind' | 'model' | 'fields'>,
  binding: Binding,
): Field[] {
  const { version, previousRoot, orders = [], tag, orderType, framework, receivable } = binding;
  if (!Number.isSafeInteger(version) || version < 1) throw new RangeError(`version ${version}`);
  if ((version === 1) !== (previousRoot === undefined))
    throw new RangeError('a version after the first names the root before it');
  if ((tag === undefined) === (orders.length === 0))
    throw new RangeError('a document is bound to its tag or to its orders');
  if (tag === undefined && (orderType ?? framework) !== undefined)
    throw new RangeError('only an order’s own first version says what it is to a framework contract');
  const head = flatten({
    kind: document.kind,
    schema: SCHEMA,
    version,
    previousRoot,
    tag,
    orderType,
    framework,
    ...(orders.length === 1 ? { order: orders[0] } : { orders: tag ? undefined : orders }),
    receivable,
  });
  return [...head, ...content(document, binding.instalment)];
}

function content(
  { model, fields }: Pick<TradeDocument, 'model' | 'fields'>,
  instalment: number | undefined,
): readonly Field[] {
  if (instalment === undefined) return fields;
  const part = model.kind === 'INVOICE' ? model.instalments[instalment] : undefined;
  if (!part || model.kind !== 'INVOICE') throw new RangeError(`the document has no instalment ${instalment}`);
  if (model.instalments.length === 1) return fields;
  const values = new Map([
    ['/amount', part.amount],
    ['/dueDate', part.dueDate],
  ]);
  const own = fields.map(({ path, value }) => ({ path, value: values.get(path) ?? value }));
  return [...flatten({ instalment, invoiceAmount: model.amount }), ...own];
}
