import type { ApplicationResponseModel, CreditNoteModel, InvoiceModel, RemittanceModel } from '../../model/index.js';
import type { SourceNode } from '../../source/source-node.js';
import { settlement } from '../due-dates.js';
import { otherPayee } from '../legal-entity.js';
import { amount, date, decimal, ofPrepayment, peek, required, someOf, text } from '../values.js';
import { billedLine, documentCurrency, numbers, party } from './parts.js';

export function invoice(root: SourceNode): InvoiceModel {
  const { lines, ...bill } = billContent(root);
  const payments = root.all('instalments').map((node, i) => ({
    dueDate: required(peek(node.one('dueDate'), date), `/instalments/${i}/dueDate`),
    amount: peek(node.one('amount'), (part) => amount(part, bill.currency)),
    percent: peek(node.one('percent'), decimal),
  }));
  const payTo = otherPayee(root.one('payTo'), party(root, 'payTo'), bill.payee);
  return {
    kind: 'INVOICE',
    ...bill,
    prepaid: amount(root.one('prepaid'), bill.currency),
    ofPrepayment: ofPrepayment(root.one('typeCode')),
    rounding: amount(root.one('rounding'), bill.currency),
    ...settlement(bill, root.one('dueDate'), payments),
    ...(payTo && { payTo }),
    lines: someOf(lines, '/lines'),
  };
}

export function creditNote(root: SourceNode): CreditNoteModel {
  return { kind: 'CREDIT_NOTE', ...billContent(root), invoiceNumbers: numbers(root, 'invoiceNumber') };
}

export function remittance(root: SourceNode): RemittanceModel {
  const currency = required(documentCurrency(root), '/currency');
  return {
    kind: 'REMITTANCE',
    number: text(root.one('number')),
    issueDate: date(root.one('issueDate')),
    currency,
    amount: required(amount(root.one('amount'), currency), '/amount'),
    payer: party(root, 'payer', 'buyer'),
    payee: party(root, 'payee', 'seller'),
    reference: text(root.one('reference')),
    invoiceNumbers: numbers(root, 'invoiceNumber'),
  };
}

export function applicationResponse(root: SourceNode): ApplicationResponseModel {
  return {
    kind: 'APPLICATION_RESPONSE',
    number: text(root.one('number')),
    issueDate: date(root.one('issueDate')),
    sender: party(root, 'sender'),
    receiver: party(root, 'receiver'),
    responses: root.all('responses').map((node) => ({
      code: text(node.one('code')),
      document: text(node.one('document')),
      reason: text(node.one('reason')),
    })),
  };
}

function billContent(root: SourceNode) {
  const currency = required(documentCurrency(root), '/currency');
  const lines = root.all('lines').map((node, i) => billedLine(node, i, currency));
  const named = lines.map(({ orderNumber }) => orderNumber).filter((number) => number !== undefined);
  return {
    number: required(text(root.one('number')), '/number'),
    issueDate: required(date(root.one('issueDate')), '/issueDate'),
    currency,
    amount: required(amount(root.one('amount'), currency), '/amount'),
    taxAmount: amount(root.one('taxAmount'), currency),
    payer: party(root, 'payer', 'buyer'),
    payee: party(root, 'payee', 'seller'),
    orderNumbers: [...new Set([...numbers(root, 'orderNumber'), ...named])],
    lines,
  };
}
