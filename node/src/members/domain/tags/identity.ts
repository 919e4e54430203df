import type { Hex } from '../../../kernel/hex.js';
import { normaliseDate } from './normalise-date.js';
import { normaliseEntity } from './normalise-entity.js';
import { normaliseNumber } from './normalise-number.js';

/**
 * What makes an invoice that invoice: never its amount, since a forged copy may differ in it, nor an instalment, since an
 * obligor could then back two receivables by one. Which instalment of how many a receivable is stands beside it on chain.
 */
export interface InvoiceIdentity {
  /** legal entity `scheme:id` that issued it */
  readonly issuer: string;
  /** legal entity `scheme:id` that owes it */
  readonly obligor: string;
  readonly number: string;
  readonly issueDate: string;
}

/** What makes a purchase order that order: neither its seller nor its date, since posting it again may change both. */
export interface OrderIdentity {
  /** legal entity `scheme:id` that placed it */
  readonly buyer: string;
  readonly number: string;
}

const utf8 = new TextEncoder();

/** JSON of an array of strings: no two identities share the bytes, and the first two parts separate domains. */
function message(purpose: string, registry: Hex, ...parts: string[]): Uint8Array {
  return utf8.encode(JSON.stringify([`tradeproof/${purpose}/v1`, registry.toLowerCase(), ...parts]));
}

/** Bytes that the obligor's tag key signs; `registry` is ReceivableRegistry's domain separator. */
export function invoiceMessage(registry: Hex, invoice: InvoiceIdentity): Uint8Array {
  return message(
    'fingerprint',
    registry,
    normaliseEntity(invoice.issuer),
    normaliseEntity(invoice.obligor),
    normaliseNumber(invoice.number),
    normaliseDate(invoice.issueDate),
  );
}

/** Bytes that the buyer's tag key signs; `registry` is ReceivableRegistry's domain separator. */
export function orderMessage(registry: Hex, order: OrderIdentity): Uint8Array {
  return message('order-tag', registry, normaliseEntity(order.buyer), normaliseNumber(order.number));
}

/** Bytes under the HMAC of an order's posting tag; `registry` is OrderRegistry's domain separator. */
export function postingMessage(registry: Hex, number: string): Uint8Array {
  return message('posting-tag', registry, normaliseNumber(number));
}
