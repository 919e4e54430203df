import type {
  ApplicationResponseModel,
  CreditNoteModel,
  InvoiceLineModel,
  InvoiceModel,
  RemittanceModel,
} from '../../model/index.js';
import type { SourceNode } from '../../source/source-node.js';
import { settlement } from '../due-dates.js';
import { otherPayee } from '../legal-entity.js';
import { amount, at, date, ofPrepayment, required, someOf, text, texts } from '../values.js';
import { paymentDates } from './due-dates.js';
import {
  documentCurrency,
  orderLineReference,
  orderNumbers,
  party,
  partyNames,
  pricedLine,
  taxAmount,
} from './parts.js';

export function invoice(root: SourceNode): InvoiceModel {
  const { lines, ...bill } = billContent(root, 'InvoiceLine', 'InvoicedQuantity');
  const [payee, supplier] = [root.one('PayeeParty'), at(root, 'AccountingSupplierParty', 'Party')];
  const names = partyNames(supplier).map((name) => name?.value);
  const payTo = otherPayee(payee, party(payee), bill.payee, names);
  return {
    kind: 'INVOICE',
    ...bill,
    prepaid: amount(at(root, 'LegalMonetaryTotal', 'PrepaidAmount'), bill.currency),
    ofPrepayment: ofPrepayment(root.one('InvoiceTypeCode')),
    rounding: amount(at(root, 'LegalMonetaryTotal', 'PayableRoundingAmount'), bill.currency),
    ...settlement(bill, root.one('DueDate'), paymentDates(root, bill.currency)),
    ...(payTo && { payTo }),
    lines: someOf(lines, '/InvoiceLine'),
  };
}

export function creditNote(root: SourceNode): CreditNoteModel {
  return {
    kind: 'CREDIT_NOTE',
    ...billContent(root, 'CreditNoteLine', 'CreditedQuantity'),
    invoiceNumbers: invoiceNumbers([root]),
  };
}

export function remittance(root: SourceNode): RemittanceModel {
  const total = root.one('TotalPaymentAmount') ?? root.one('TotalDebitAmount') ?? root.one('TotalCreditAmount');
  const currency = required(documentCurrency(root, total), '/DocumentCurrencyCode');
  return {
    kind: 'REMITTANCE',
    number: text(root.one('ID')),
    issueDate: date(root.one('IssueDate')),
    currency,
    amount: required(amount(total, currency), '/TotalPaymentAmount'),
    payer: party(at(root, 'AccountingCustomerParty', 'Party')),
    payee: party(at(root, 'AccountingSupplierParty', 'Party') ?? root.one('PayeeParty')),
    reference: text(root.one('PaymentOrderReference')),
    invoiceNumbers: invoiceNumbers([root, ...root.all('RemittanceAdviceLine')]),
  };
}

export function applicationResponse(root: SourceNode): ApplicationResponseModel {
  return {
    kind: 'APPLICATION_RESPONSE',
    number: text(root.one('ID')),
    issueDate: date(root.one('IssueDate')),
    sender: party(root.one('SenderParty')),
    receiver: party(root.one('ReceiverParty')),
    responses: root.all('DocumentResponse').map((node) => {
      const status = node.one('Response')?.all('Status')[0];
      return {
        code: text(at(node, 'Response', 'ResponseCode')),
        document: text(node.all('DocumentReference')[0]?.one('ID')),
        reason: text(status?.all('StatusReason')[0] ?? node.one('Response')?.all('Description')[0]),
      };
    }),
  };
}

function billContent(root: SourceNode, lineName: string, quantity: string) {
  const payable = at(root, 'LegalMonetaryTotal', 'PayableAmount');
  const currency = required(documentCurrency(root, payable), '/DocumentCurrencyCode');
  const lines = root.all(lineName).map((node): InvoiceLineModel => {
    const content = { ...pricedLine(node, quantity, currency), ...orderLineReference(node) };
    return { ...content, amount: required(content.amount, `${node.pointer}/LineExtensionAmount`) };
  });
  const named = lines.map((line) => line.orderNumber).filter((number) => number !== undefined);
  return {
    number: required(text(root.one('ID')), '/ID'),
    issueDate: required(date(root.one('IssueDate')), '/IssueDate'),
    currency,
    amount: required(amount(payable, currency), '/LegalMonetaryTotal/PayableAmount'),
    taxAmount: taxAmount(root, currency),
    payer: party(at(root, 'AccountingCustomerParty', 'Party')),
    payee: party(at(root, 'AccountingSupplierParty', 'Party')),
    orderNumbers: [...new Set([...orderNumbers(root), ...named])],
    lines,
  };
}

function invoiceNumbers(nodes: readonly SourceNode[]): string[] {
  const references = nodes.flatMap((node) => node.all('BillingReference'));
  return texts(references.map((reference) => at(reference, 'InvoiceDocumentReference', 'ID')));
}
