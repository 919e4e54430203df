import type { DespatchModel, ReceiptModel } from '../../model/index.js';
import type { SourceNode } from '../../source/source-node.js';
import { at, date, decimal, text, texts } from '../values.js';
import { line, orderLineReference, orderNumbers, party } from './parts.js';

export function despatch(root: SourceNode): DespatchModel {
  const delivery = at(root, 'Shipment')?.all('Delivery')[0];
  const consignment = at(root, 'Shipment')?.all('Consignment')[0];
  return {
    kind: 'DESPATCH',
    ...header(root, 'DespatchSupplierParty', 'DeliveryCustomerParty'),
    carrier: party(consignment?.one('CarrierParty') ?? delivery?.one('CarrierParty')),
    despatchDate: date(at(delivery, 'Despatch', 'ActualDespatchDate')),
    lines: root.all('DespatchLine').map((node) => ({
      ...line(node, 'DeliveredQuantity'),
      ...orderLineReference(node),
      outstanding: decimal(node.one('OutstandingQuantity')),
    })),
  };
}

export function receipt(root: SourceNode): ReceiptModel {
  const lines = root.all('ReceiptLine').map((node) => ({
    ...line(node, 'ReceivedQuantity'),
    ...orderLineReference(node),
    short: decimal(node.one('ShortQuantity')),
    rejected: decimal(node.one('RejectedQuantity')),
    rejectReason: text(node.all('RejectReason')[0] ?? node.one('RejectReasonCode')),
  }));
  const delivered = at(root, 'Shipment')?.all('Delivery')[0]?.one('ActualDeliveryDate');
  return {
    kind: 'RECEIPT',
    ...header(root, 'DespatchSupplierParty', 'DeliveryCustomerParty'),
    despatchNumbers: texts(root.all('DespatchDocumentReference').map((reference) => reference.one('ID'))),
    receiptDate: date(delivered),
    lines,
  };
}

/** Buyer and seller are named apart from where goods leave and arrive only if they are others. */
function header(root: SourceNode, sender: string, receiver: string) {
  return {
    number: text(root.one('ID')),
    issueDate: date(root.one('IssueDate')),
    orderNumbers: orderNumbers(root),
    buyer: party(at(root, 'BuyerCustomerParty', 'Party') ?? at(root, receiver, 'Party')),
    seller: party(at(root, 'SellerSupplierParty', 'Party') ?? at(root, sender, 'Party')),
  };
}
