import type { ItemModel, LineModel, PartyModel, PricedLineModel, ReferringLineModel } from '../../model/index.js';
import type { SourceNode } from '../../source/source-node.js';
import { partyOf } from '../legal-entity.js';
import { amount, at, currencyCode, currencyMark, decimal, required, text, texts } from '../values.js';

/** A cac:Party, in the identifiers' order of DESIGN.md §4. */
export function party(node: SourceNode | undefined): PartyModel {
  const legal = node?.all('PartyLegalEntity') ?? [];
  const tax = node?.all('PartyTaxScheme') ?? [];
  const endpoint = node?.one('EndpointID');
  const others = node?.all('PartyIdentification') ?? [];
  const identifier = (id: SourceNode | undefined) => ({ id, scheme: id?.one('@schemeID') });
  return partyOf(
    [
      ...legal.map((entity) => identifier(entity.one('CompanyID'))),
      ...tax.map((scheme) => {
        const id = scheme.one('CompanyID');
        return { id, scheme: id?.one('@schemeID') ?? at(scheme, 'TaxScheme', 'ID') };
      }),
      identifier(endpoint),
      ...others.map((other) => identifier(other.one('ID'))),
    ],
    partyNames(node),
  );
}

/** Where a cac:Party is named, in the order in which names count. */
export function partyNames(node: SourceNode | undefined): (SourceNode | undefined)[] {
  return [
    ...(node?.all('PartyLegalEntity') ?? []).map((entity) => entity.one('RegistrationName')),
    ...(node?.all('PartyName') ?? []).map((name) => name.one('Name')),
    ...(node?.all('PartyTaxScheme') ?? []).map((scheme) => scheme.one('RegistrationName')),
  ];
}

/** The currency of the document: as stated, else as its payable amount or its first marked line is marked. */
export function documentCurrency(root: SourceNode, ...amounts: (SourceNode | undefined)[]): string | undefined {
  return currencyCode(text(root.one('DocumentCurrencyCode')), ...amounts.map((node) => currencyMark(node)?.value));
}

/** The tax in the document's currency; a second total may give it in the tax authority's. */
export function taxAmount(root: SourceNode, currency: string | undefined): string | undefined {
  const amounts = root.all('TaxTotal').map((total) => total.one('TaxAmount'));
  return amount(
    amounts.find((node) => currencyMark(node)?.value === currency),
    currency,
  );
}

/** Numbers of the orders that the header names. */
export function orderNumbers(root: SourceNode): string[] {
  return texts(root.all('OrderReference').map((reference) => reference.one('ID')));
}

export function item(node: SourceNode | undefined): ItemModel {
  const id = (kind: string) => text(at(node, `${kind}ItemIdentification`, 'ID'));
  return {
    seller: id('Sellers'),
    buyer: id('Buyers'),
    standard: id('Standard'),
    name: text(node?.one('Name') ?? node?.all('Description')[0]),
  };
}

/** `quantity` is the name of the element that counts in this kind of line. */
export function line(node: SourceNode, quantity: string): LineModel {
  const count = node.one(quantity);
  return {
    id: required(text(node.one('ID')), `${node.pointer}/ID`),
    item: item(node.one('Item')),
    quantity: decimal(count),
    unit: text(count?.one('@unitCode')),
  };
}

export function pricedLine(node: SourceNode, quantity: string, currency: string | undefined): PricedLineModel {
  return {
    ...line(node, quantity),
    amount: amount(node.one('LineExtensionAmount'), currency),
    price: amount(at(node, 'Price', 'PriceAmount'), currency),
    priceQuantity: decimal(at(node, 'Price', 'BaseQuantity')),
  };
}

/** What the line says of the order's line that it answers; the first reference counts. */
export function orderLineReference(node: SourceNode): Pick<ReferringLineModel, 'orderLine' | 'orderNumber'> {
  const reference = node.all('OrderLineReference')[0];
  return { orderLine: text(reference?.one('LineID')), orderNumber: text(at(reference, 'OrderReference', 'ID')) };
}
