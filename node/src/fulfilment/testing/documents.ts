import type { Json } from '../../../../scripts/demo/client.js';
import { BUYER, COMPONENTS, newNumber, SELLER } from '../../orders/testing/documents.js';

const parties = (buyer: string, seller: string) => `
  <cac:${buyer}><cac:Party><cac:PartyLegalEntity>
    <cbc:CompanyID schemeID="${BUYER.scheme}">${BUYER.id}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:${buyer}>
  <cac:${seller}><cac:Party><cac:PartyLegalEntity>
    <cbc:CompanyID schemeID="${SELLER.scheme}">${SELLER.id}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:${seller}>`;

/** 100 litres of the order numbered `order` on their way, as UBL. */
export function despatchXml(order: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<DespatchAdvice xmlns="urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2" ${COMPONENTS}>
  <cbc:ID>${newNumber()}</cbc:ID>
  <cbc:IssueDate>2026-11-23</cbc:IssueDate>
  <cac:OrderReference><cbc:ID>${order}</cbc:ID></cac:OrderReference>
  ${parties('DeliveryCustomerParty', 'DespatchSupplierParty')}
  <cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="LTR">100</cbc:DeliveredQuantity>
    <cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference></cac:DespatchLine>
</DespatchAdvice>`;
}

/** What came of line 1 of the order numbered `order`, as UBL. */
export function receiptXml(order: string, received: string, rejected = '0'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<ReceiptAdvice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ReceiptAdvice-2" ${COMPONENTS}>
  <cbc:ID>${newNumber()}</cbc:ID>
  <cbc:IssueDate>2026-11-24</cbc:IssueDate>
  <cac:OrderReference><cbc:ID>${order}</cbc:ID></cac:OrderReference>
  ${parties('DeliveryCustomerParty', 'DespatchSupplierParty')}
  <cac:ReceiptLine><cbc:ID>1</cbc:ID>
    <cbc:ReceivedQuantity unitCode="LTR">${received}</cbc:ReceivedQuantity>
    <cbc:RejectedQuantity unitCode="LTR">${rejected}</cbc:RejectedQuantity>
    <cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference></cac:ReceiptLine>
</ReceiptAdvice>`;
}

/** Lines of a receipt or return as plain JSON, of no kind of its own. */
export const linesDocument = (...lines: Json[]): Json => ({ number: newNumber(), issueDate: '2026-11-24', lines });

/** An EPCIS 2.0 event of this business step. */
export const eventDocument = (step: string): Json => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'ObjectEvent',
  action: 'OBSERVE',
  bizStep: step,
  eventTime: '2026-11-23T10:00:00Z',
  eventTimeZoneOffset: '+00:00',
  epcList: ['urn:epc:id:sgtin:0614141.107346.2017'],
});
