import {
  modelFields,
  type OrderChangeModel,
  type OrderModel,
  type OrderResponseModel,
  type TradeDocument,
} from '../../documents/index.js';
import { effectiveOrder } from '../domain/effective-order.js';
import { proposedChange } from '../domain/proposed-change.js';

/** What a change can be proposed by. */
export type ChangeDocument = TradeDocument<OrderChangeModel | OrderResponseModel>;

/**
 * The document behind version n+1: the whole order as it will be, so that a disclosure of its amount or lines needs no
 * other version, and the bytes of the change that made it so. Throws what {@link effectiveOrder} and {@link proposedChange} throw.
 */
export function effectiveDocument(
  before: TradeDocument<OrderModel>,
  change: ChangeDocument,
): TradeDocument<OrderModel> {
  const model = effectiveOrder(before.model, proposedChange(before.model, change.model));
  const origin = change.fields.filter(({ path }) => path.startsWith('/source/'));
  const { notes, source } = change;
  return { kind: 'ORDER', model, fields: [...modelFields(model), ...origin], notes, source };
}
