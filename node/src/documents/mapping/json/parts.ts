import type {
  InvoiceLineModel,
  LineModel,
  PartyModel,
  PricedLineModel,
  ReferringLineModel,
} from '../../model/index.js';
import type { SourceNode } from '../../source/source-node.js';
import { partyOf } from '../legal-entity.js';
import { amount, currencyCode, currencyMark, date, decimal, required, text, texts } from '../values.js';

/** `{id, scheme, name, others: [{id, scheme}]}`, or the bare name. Either of the names given to the member counts. */
export function party(root: SourceNode, ...names: string[]): PartyModel {
  const node = names.map((name) => root.one(name)).find((found) => found !== undefined);
  const places = [node, ...(node?.all('others') ?? [])].map((each) => ({
    id: each?.one('id'),
    scheme: each?.one('scheme'),
  }));
  return partyOf(places, [node?.one('name'), node]);
}

/** The currency of the document: its own member, else the one that its amount is marked with. */
export function documentCurrency(root: SourceNode): string | undefined {
  return currencyCode(text(root.one('currency')), text(currencyMark(root.one('amount'))));
}

/** A list under its plural name, or one value under the singular. */
export function numbers(root: SourceNode, name: string): string[] {
  return texts([...root.all(`${name}s`), root.one(name)]);
}

/** What a document about an order begins with. */
export function header(root: SourceNode) {
  return {
    number: text(root.one('number')),
    issueDate: date(root.one('issueDate')),
    orderNumbers: numbers(root, 'orderNumber'),
    buyer: party(root, 'buyer'),
    seller: party(root, 'seller'),
  };
}

/** A line; its number is its place, counted from 1, when it has none. */
export function line(node: SourceNode, index: number, quantity = node.one('quantity')): LineModel {
  return {
    id: text(node.one('id')) ?? String(index + 1),
    item: {
      seller: text(node.one('item')),
      buyer: text(node.one('buyerItem')),
      standard: text(node.one('standardItem')),
      name: text(node.one('name')),
    },
    quantity: decimal(quantity),
    unit: text(node.one('unit')),
  };
}

export function pricedLine(node: SourceNode, index: number, currency: string | undefined): PricedLineModel {
  return {
    ...line(node, index),
    amount: amount(node.one('amount'), currency),
    price: amount(node.one('price'), currency),
    priceQuantity: decimal(node.one('priceQuantity')),
  };
}

export function reference(node: SourceNode): Pick<ReferringLineModel, 'orderLine' | 'orderNumber'> {
  return { orderLine: text(node.one('orderLine')), orderNumber: text(node.one('orderNumber')) };
}

export function billedLine(node: SourceNode, index: number, currency: string): InvoiceLineModel {
  const content = { ...pricedLine(node, index, currency), ...reference(node) };
  return { ...content, amount: required(content.amount, `/lines/${index}/amount`) };
}
