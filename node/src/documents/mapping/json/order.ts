import type {
  ChangedLineModel,
  OrderCancellationModel,
  OrderChangeModel,
  OrderModel,
  OrderResponseModel,
} from '../../model/index.js';
import { fieldInvalid } from '../../source/problems.js';
import type { SourceNode } from '../../source/source-node.js';
import { amount, date, required, text } from '../values.js';
import { documentCurrency, header, numbers, party, pricedLine, reference } from './parts.js';

const DECISIONS = ['ACCEPTED', 'AMENDED', 'REJECTED', 'ACKNOWLEDGED'] as const;

export function order(root: SourceNode): OrderModel {
  return { kind: 'ORDER', ...orderContent(root) };
}

export function orderChange(root: SourceNode): OrderChangeModel {
  return {
    kind: 'ORDER_CHANGE',
    ...orderContent(root),
    orderNumbers: numbers(root, 'orderNumber'),
    sequence: text(root.one('sequence')),
  };
}

export function orderCancellation(root: SourceNode): OrderCancellationModel {
  return { kind: 'ORDER_CANCELLATION', ...header(root), reason: text(root.one('reason')) };
}

export function orderResponse(root: SourceNode): OrderResponseModel {
  const stated = text(root.one('decision'));
  const decision = DECISIONS.find((each) => each === stated);
  if (stated !== undefined && !decision) {
    throw fieldInvalid(`/decision is none of ${DECISIONS.join(', ')}`, { pointer: '/decision' });
  }
  const currency = documentCurrency(root);
  return {
    kind: 'ORDER_RESPONSE',
    ...header(root),
    decision,
    code: text(root.one('code')),
    reason: text(root.one('reason')),
    currency,
    deliverFrom: date(root.one('deliverFrom')),
    deliverUntil: date(root.one('deliverUntil')),
    lines: root.all('lines').map((node, i) => {
      const substitute = node.one('substitute');
      return {
        ...changedLine(node, i, currency),
        orderLine: reference(node).orderLine,
        ...(substitute && { substitute: pricedLine(substitute, i, currency) }),
      };
    }),
  };
}

function orderContent(root: SourceNode) {
  const currency = documentCurrency(root);
  return {
    number: required(text(root.one('number')), '/number'),
    issueDate: required(date(root.one('issueDate')), '/issueDate'),
    currency,
    amount: amount(root.one('amount'), currency),
    taxAmount: amount(root.one('taxAmount'), currency),
    buyer: party(root, 'buyer'),
    seller: party(root, 'seller'),
    contract: text(root.one('contract')),
    validFrom: date(root.one('validFrom')),
    validUntil: date(root.one('validUntil')),
    deliverFrom: date(root.one('deliverFrom')),
    deliverUntil: date(root.one('deliverUntil')),
    lines: root.all('lines').map((node, i) => changedLine(node, i, currency)),
  };
}

function changedLine(node: SourceNode, index: number, currency: string | undefined): ChangedLineModel {
  return { ...pricedLine(node, index, currency), status: text(node.one('status')) };
}
