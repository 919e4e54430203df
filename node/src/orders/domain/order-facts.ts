import type { OrderModel } from '../../documents/model/index.js';
import type { Hex } from '../../kernel/hex.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import { UNFRAMED } from './framework.js';
import type { Framing } from './order-type.js';

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
  /** Whether it says that it is a framework contract or calls off one. */
  readonly framed: boolean;
}

export function factsOf(
  model: OrderModel,
  at: { orderId: Hex; root: Hex; version: number; framing?: Framing },
): OrderDocumentFacts {
  const { framing = UNFRAMED, ...place } = at;
  const framed = framing.type === 'FRAMEWORK' || framing.framework !== null;
  const { number, issueDate, currency = null, amount = null } = model;
  return { ...place, framed, number, numberKey: normaliseNumber(number), issueDate, currency, amount };
}
