import type { DocumentModel } from '../../model/index.js';
import { kindUnsupported } from '../../source/problems.js';
import type { XmlSource } from '../../source/read-xml.js';
import type { SourceNode } from '../../source/source-node.js';
import { despatch, receipt } from './fulfilment.js';
import { applicationResponse, creditNote, invoice, remittance } from './invoice.js';
import {
  isOrderAgreement,
  order,
  orderAgreement,
  orderCancellation,
  orderChange,
  orderResponse,
  orderResponseSimple,
} from './order.js';

const SCHEMA = 'urn:oasis:names:specification:ubl:schema:xsd:';

/** Namespaces of UBL's components, the same from 2.0 on; within a document they go by their local names. */
export const UBL_COMPONENTS = [`${SCHEMA}CommonAggregateComponents-2`, `${SCHEMA}CommonBasicComponents-2`] as const;

const MAPPERS: ReadonlyMap<string, (root: SourceNode) => DocumentModel> = new Map<
  string,
  (root: SourceNode) => DocumentModel
>([
  ['Order', order],
  ['OrderChange', orderChange],
  ['OrderCancellation', orderCancellation],
  ['OrderResponse', (root) => (isOrderAgreement(root) ? orderAgreement(root) : orderResponse(root))],
  ['OrderResponseSimple', orderResponseSimple],
  ['DespatchAdvice', despatch],
  ['ReceiptAdvice', receipt],
  ['Invoice', invoice],
  ['CreditNote', creditNote],
  ['RemittanceAdvice', remittance],
  ['ApplicationResponse', applicationResponse],
]);

/** The model of a UBL 2.x document. Throws DOCUMENT_KIND_UNSUPPORTED for other roots and other versions. */
export function ubl({ name, namespace, root }: XmlSource): DocumentModel {
  const mapper = namespace === `${SCHEMA}${name}-2` ? MAPPERS.get(name) : undefined;
  if (mapper) return mapper(root);
  throw kindUnsupported(`{${namespace}}${name} is not taken; UBL 2 ${[...MAPPERS.keys()].join(', ')} are`, {
    root: name,
  });
}
