import type {
  ChangedLineModel,
  OrderCancellationModel,
  OrderChangeModel,
  OrderModel,
  OrderResponseModel,
} from '../../model/index.js';
import type { SourceNode } from '../../source/source-node.js';
import { amount, at, date, peek, required, text } from '../values.js';
import { documentCurrency, orderLineReference, orderNumbers, party, pricedLine, taxAmount } from './parts.js';

type Lines = readonly ChangedLineModel[];

export function order(root: SourceNode): OrderModel {
  return { kind: 'ORDER', ...orderContent(root) };
}

export function orderChange(root: SourceNode): OrderChangeModel {
  return {
    kind: 'ORDER_CHANGE',
    ...orderContent(root),
    orderNumbers: orderNumbers(root),
    sequence: text(root.one('SequenceNumberID')),
  };
}

export function orderCancellation(root: SourceNode): OrderCancellationModel {
  return {
    kind: 'ORDER_CANCELLATION',
    ...answerContent(root),
    reason: text(root.all('CancellationNote')[0]),
  };
}

/** Peppol's codes and those of UN/CEFACT 1225 that older profiles use. */
const DECISIONS: Readonly<Record<string, OrderResponseModel['decision']>> = {
  AP: 'ACCEPTED',
  '29': 'ACCEPTED',
  CA: 'AMENDED',
  '30': 'AMENDED',
  RE: 'REJECTED',
  '27': 'REJECTED',
  AB: 'ACKNOWLEDGED',
};

export function orderResponse(root: SourceNode): OrderResponseModel {
  const code = text(root.one('OrderResponseCode'));
  const lines = root.all('OrderLine');
  const currency = documentCurrency(root, ...lines.flatMap(amountsOf));
  return {
    kind: 'ORDER_RESPONSE',
    ...answerContent(root),
    decision: code === undefined ? undefined : DECISIONS[code],
    code,
    reason: text(root.all('Note')[0]),
    currency,
    ...deliveryPeriod(root, 'PromisedDeliveryPeriod'),
    lines: lines.map((node) => ({ ...changedLine(node, currency), ...answeredLine(node, currency) })),
  };
}

export function orderResponseSimple(root: SourceNode): OrderResponseModel {
  const accepted = text(root.one('AcceptedIndicator'));
  return {
    kind: 'ORDER_RESPONSE',
    ...answerContent(root),
    decision: accepted === undefined ? undefined : accepted === 'true' || accepted === '1' ? 'ACCEPTED' : 'REJECTED',
    code: accepted,
    reason: text(root.all('RejectionNote')[0] ?? root.all('Note')[0]),
    lines: [],
  };
}

/** Peppol's order agreement and its forerunner, CEN BII's transaction 110. */
const AGREEMENT = /:order_agreement:|:biitrns110:/;

/** Whether a UBL OrderResponse is an order agreement: a whole order as its seller writes it down, in answer to none. */
export function isOrderAgreement(root: SourceNode): boolean {
  return AGREEMENT.test(peek(root.one('CustomizationID'), text) ?? '');
}

/** Its number is the buyer's, else that of the seller's sales order, else its own. */
export function orderAgreement(root: SourceNode): OrderModel {
  const number = root.all('OrderReference')[0]?.one('ID') ?? root.one('SalesOrderID') ?? root.one('ID');
  return { kind: 'ORDER', ...orderContent(root, { number, period: 'PromisedDeliveryPeriod' }) };
}

function orderContent(
  root: SourceNode,
  { number = root.one('ID'), period = 'RequestedDeliveryPeriod' }: { number?: SourceNode; period?: string } = {},
): Omit<OrderModel, 'kind'> & { lines: Lines } {
  const total = root.one('AnticipatedMonetaryTotal') ?? root.one('LegalMonetaryTotal');
  const payable = total?.one('PayableAmount');
  const nodes = root.all('OrderLine');
  const currency = documentCurrency(root, payable, ...nodes.flatMap(amountsOf));
  const validity = root.all('ValidityPeriod')[0];
  return {
    number: required(text(number), '/ID'),
    issueDate: required(date(root.one('IssueDate')), '/IssueDate'),
    currency,
    amount: amount(payable, currency),
    taxAmount: taxAmount(root, currency),
    buyer: party(at(root, 'BuyerCustomerParty', 'Party')),
    seller: party(at(root, 'SellerSupplierParty', 'Party')),
    contract: text(root.all('Contract')[0]?.one('ID')),
    validFrom: date(validity?.one('StartDate')),
    validUntil: date(validity?.one('EndDate')),
    ...deliveryPeriod(root, period),
    lines: nodes.map((node) => changedLine(node, currency)),
  };
}

/** Of the first delivery that the header names, as `name` says it. */
function deliveryPeriod(root: SourceNode, name: string) {
  const period = root.all('Delivery')[0]?.one(name);
  return { deliverFrom: date(period?.one('StartDate')), deliverUntil: date(period?.one('EndDate')) };
}

function amountsOf(line: SourceNode): (SourceNode | undefined)[] {
  const items = [line.one('LineItem'), ...line.all('SellerSubstitutedLineItem')];
  return items.flatMap((item) => [item?.one('LineExtensionAmount'), at(item, 'Price', 'PriceAmount')]);
}

function answerContent(root: SourceNode) {
  return {
    number: text(root.one('ID')),
    issueDate: date(root.one('IssueDate')),
    orderNumbers: orderNumbers(root),
    buyer: party(at(root, 'BuyerCustomerParty', 'Party')),
    seller: party(at(root, 'SellerSupplierParty', 'Party')),
  };
}

function changedLine(node: SourceNode, currency: string | undefined): ChangedLineModel {
  const lineItem = required(node.one('LineItem'), `${node.pointer}/LineItem`);
  return { ...pricedLine(lineItem, 'Quantity', currency), status: text(lineItem.one('LineStatusCode')) };
}

/** One substitute at most: of several nobody could say which is delivered. */
function answeredLine(node: SourceNode, currency: string | undefined) {
  const substitute = node.one('SellerSubstitutedLineItem');
  return {
    orderLine: orderLineReference(node).orderLine,
    ...(substitute && { substitute: pricedLine(substitute, 'Quantity', currency) }),
  };
}
