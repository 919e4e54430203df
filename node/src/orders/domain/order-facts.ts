import type { OrderModel } from '../../documents/model/index.js';
import type { Hex } from '../../kernel/hex.js';
import { normaliseNumber } from '../../members/domain/tags.js';

/** What lists and searches need of the document behind a version; the whole is in the vault. */
export interface OrderDocumentFacts {
  readonly orderId: Hex;
  /** Of its fields: tells a change that was declined from the next one to the same version. */
  readonly root: Hex;
  readonly version: number;
  readonly number: string;
  readonly numberKey: string;
  readonly issueDate: string;
  readonly currency: string | null;
  readonly amount: string | null;
}

export function factsOf(model: OrderModel, at: { orderId: Hex; root: Hex; version: number }): OrderDocumentFacts {
  const { number, issueDate, currency = null, amount = null } = model;
  return { ...at, number, numberKey: normaliseNumber(number), issueDate, currency, amount };
}
