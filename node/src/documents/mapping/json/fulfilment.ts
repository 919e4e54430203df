import type { DespatchModel, ReceiptModel } from '../../model/index.js';
import type { SourceNode } from '../../source/source-node.js';
import { date, decimal, text } from '../values.js';
import { header, line, numbers, party, reference } from './parts.js';

export function despatch(root: SourceNode): DespatchModel {
  return {
    kind: 'DESPATCH',
    ...header(root),
    carrier: party(root, 'carrier'),
    despatchDate: date(root.one('despatchDate')),
    lines: root.all('lines').map((node, i) => ({
      ...line(node, i),
      ...reference(node),
      outstanding: decimal(node.one('outstanding')),
    })),
  };
}

/** A line's received quantity is its `quantity`, or `received` as it is said of goods. */
export function receipt(root: SourceNode): ReceiptModel {
  return {
    kind: 'RECEIPT',
    ...header(root),
    despatchNumbers: numbers(root, 'despatchNumber'),
    receiptDate: date(root.one('receiptDate')),
    lines: root.all('lines').map((node, i) => ({
      ...line(node, i, node.one('quantity') ?? node.one('received')),
      ...reference(node),
      short: decimal(node.one('short')),
      rejected: decimal(node.one('rejected')),
      rejectReason: text(node.one('rejectReason')),
    })),
  };
}
