import { modelFields, type OrderChangeModel, type OrderModel, type TradeDocument } from '../../documents/index.js';
import { effectiveOrder } from '../domain/effective-order.js';

/**
 * The document behind version n+1: the whole order as it will be, so that a disclosure of its amount or lines needs no
 * other version, and the bytes of the change that made it so. Throws what {@link effectiveOrder} throws.
 */
export function effectiveDocument(
  before: TradeDocument<OrderModel>,
  change: TradeDocument<OrderChangeModel>,
): TradeDocument<OrderModel> {
  const model = effectiveOrder(before.model, change.model);
  const origin = change.fields.filter(({ path }) => path.startsWith('/source/'));
  const { notes, source } = change;
  return { kind: 'ORDER', model, fields: [...modelFields(model), ...origin], notes, source };
}
