import type { DocumentKind, DocumentModel, StatementKind } from '../../model/index.js';
import { kindUnsupported } from '../../source/problems.js';
import type { SourceNode } from '../../source/source-node.js';
import { text } from '../values.js';
import { despatch, receipt } from './fulfilment.js';
import { applicationResponse, creditNote, invoice, remittance } from './invoice.js';
import { order, orderCancellation, orderChange, orderResponse } from './order.js';

const MAPPERS: Readonly<Record<Exclude<DocumentKind, 'EVENT' | StatementKind>, (root: SourceNode) => DocumentModel>> = {
  ORDER: order,
  ORDER_CHANGE: orderChange,
  ORDER_CANCELLATION: orderCancellation,
  ORDER_RESPONSE: orderResponse,
  DESPATCH: despatch,
  RECEIPT: receipt,
  INVOICE: invoice,
  CREDIT_NOTE: creditNote,
  REMITTANCE: remittance,
  APPLICATION_RESPONSE: applicationResponse,
};

/** The model of plain JSON, of the kind that it names itself, else of the one asked for. Throws DOCUMENT_KIND_UNSUPPORTED. */
export function plainJson(root: SourceNode, expected: DocumentKind | undefined): DocumentModel {
  const kind = text(root.one('kind')) ?? expected ?? '';
  const mapper = Object.hasOwn(MAPPERS, kind) ? MAPPERS[kind as keyof typeof MAPPERS] : undefined;
  if (mapper) return mapper(root);
  throw kindUnsupported(`"kind" is none of ${Object.keys(MAPPERS).join(', ')}`);
}
