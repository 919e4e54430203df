import type { Json } from '../../../../scripts/demo/client.js';

export const BUYER = { id: '7300070011115', scheme: 'GLN', name: 'Buyer AB' };
export const SELLER = { id: '7302347231111', scheme: 'GLN', name: 'Seller AB' };

let counter = 0;

/** A number that no other document of this process has. */
export const newNumber = (): string => `PO-${process.pid}-${++counter}`;

/** An order as plain JSON: 100 litres of paint for 5000.00 and 5 brushes for 50.00. */
export function orderDocument(change: Json = {}): Json {
  return {
    kind: 'ORDER',
    number: newNumber(),
    issueDate: '2026-11-22',
    currency: 'EUR',
    amount: '5050.00',
    buyer: BUYER,
    seller: SELLER,
    lines: [
      { id: '1', item: 'PAINT', name: 'Falu Rödfärg', quantity: '100', unit: 'LTR', amount: '5000.00' },
      { id: '2', item: 'BRUSH', name: 'Brush', quantity: '5', unit: 'C62', amount: '50.00' },
    ],
    ...change,
  };
}

/** A change of the order numbered `number` as plain JSON: more paint. */
export function changeDocument(number: string, change: Json = {}): Json {
  return {
    kind: 'ORDER_CHANGE',
    number: newNumber(),
    issueDate: '2026-11-23',
    orderNumber: number,
    currency: 'EUR',
    buyer: BUYER,
    seller: SELLER,
    lines: [{ id: '1', item: 'PAINT', quantity: '240', unit: 'LTR', amount: '12000.00', status: 'Revised' }],
    ...change,
  };
}

/** The order of {@link orderDocument} as UBL 2.1. */
export function orderXml(number: string): string {
  const party = ({ id, scheme, name }: typeof BUYER) => `<cac:Party>
      <cac:PartyName><cbc:Name>${name}</cbc:Name></cac:PartyName>
      <cac:PartyLegalEntity><cbc:CompanyID schemeID="${scheme}">${id}</cbc:CompanyID></cac:PartyLegalEntity>
    </cac:Party>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" ${COMPONENTS}>
  <cbc:ID>${number}</cbc:ID>
  <cbc:IssueDate>2026-11-22</cbc:IssueDate>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:BuyerCustomerParty>${party(BUYER)}</cac:BuyerCustomerParty>
  <cac:SellerSupplierParty>${party(SELLER)}</cac:SellerSupplierParty>
  <cac:AnticipatedMonetaryTotal>
    <cbc:PayableAmount currencyID="EUR">5000.00</cbc:PayableAmount>
  </cac:AnticipatedMonetaryTotal>
  <cac:OrderLine><cac:LineItem>
    <cbc:ID>1</cbc:ID>
    <cbc:Quantity unitCode="LTR">100</cbc:Quantity>
    <cbc:LineExtensionAmount currencyID="EUR">5000.00</cbc:LineExtensionAmount>
    <cac:Item><cac:SellersItemIdentification><cbc:ID>PAINT</cbc:ID></cac:SellersItemIdentification></cac:Item>
  </cac:LineItem></cac:OrderLine>
</Order>`;
}

/** A supplier's UBL answer to the order numbered `number`. */
export function responseXml(number: string, accepted: boolean): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<OrderResponseSimple xmlns="urn:oasis:names:specification:ubl:schema:xsd:OrderResponseSimple-2" ${COMPONENTS}>
  <cbc:ID>R-${number}</cbc:ID>
  <cbc:IssueDate>2026-11-22</cbc:IssueDate>
  <cbc:AcceptedIndicator>${accepted}</cbc:AcceptedIndicator>
  <cac:OrderReference><cbc:ID>${number}</cbc:ID></cac:OrderReference>
</OrderResponseSimple>`;
}

/** Its seller accepts an order with this quantity in line 1. */
export function amendingXml(number: string, quantity: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<OrderResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2" ${COMPONENTS}>
  <cbc:ID>A-${number}</cbc:ID>
  <cbc:IssueDate>2026-11-22</cbc:IssueDate>
  <cbc:OrderResponseCode>CA</cbc:OrderResponseCode>
  <cbc:Note>not so many</cbc:Note>
  <cac:OrderReference><cbc:ID>${number}</cbc:ID></cac:OrderReference>
  <cac:OrderLine>
    <cac:LineItem>
      <cbc:ID>1</cbc:ID>
      <cbc:LineStatusCode>3</cbc:LineStatusCode>
      <cbc:Quantity>${quantity}</cbc:Quantity>
      <cac:Item/>
    </cac:LineItem>
    <cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference>
  </cac:OrderLine>
</OrderResponse>`;
}

export const COMPONENTS = `xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"`;
