import type { Json } from '../../../scripts/demo/client.js';
import { type Pence, text } from '../plain.js';

const BUYER = { id: '9521000000018', scheme: '0088', name: 'Kestrel Turbines SE' };
const SELLER = { id: '9521000000025', scheme: '0088', name: 'Halden Castings AS' };
const common = { issueDate: '2026-11-01', currency: 'GBP', buyer: BUYER, seller: SELLER };

/** An order, or a framework contract with its term, of an amount. */
export const orderOf = (number: string, amount: Pence, more: Json = {}): Json => ({
  ...{ kind: 'ORDER', number, ...common, amount: text(amount) },
  lines: [{ id: '1', item: 'RING', unit: 'C62', amount: text(amount) }],
  ...more,
});

/** A change of the order numbered `orderNumber` to another amount. */
export const changeOf = (orderNumber: string, number: string, amount: Pence): Json => ({
  ...{ kind: 'ORDER_CHANGE', number, orderNumber, ...common, amount: text(amount) },
  lines: [{ id: '1', item: 'RING', unit: 'C62', amount: text(amount) }],
});
