import { createHash } from 'node:crypto';
import { toHex } from '../kernel/hex.js';
import { modelFields } from './canonical/model-fields.js';
import { arithmeticNotes, type Terms } from './mapping/arithmetic.js';
import { complete } from './mapping/complete.js';
import { epcis, isEpcis } from './mapping/epcis.js';
import { plainJson } from './mapping/json/index.js';
import { refuseMeaningless } from './mapping/refusals.js';
import { ubl, UBL_COMPONENTS } from './mapping/ubl/index.js';
import { ublTerms } from './mapping/ubl/terms.js';
import type { DocumentKind, DocumentModel } from './model/index.js';
import { fieldMissing, mediaTypeUnsupported } from './source/problems.js';
import { readJson } from './source/read-json.js';
import { readXml } from './source/read-xml.js';
import type { SourceNode } from './source/source-node.js';
import { documentOf, type TradeDocument } from './trade-document.js';

/** What whoever imports knows of the document beside its bytes. */
export interface ImportHint {
  /** The kind asked for: plain JSON need not name its own, and any other is refused. */
  readonly kind?: DocumentKind;
  /** Member of the JSON body that is the document; it alone is imported, kept and committed to, byte for byte. */
  readonly member?: string;
}

interface Parsed {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly format: string;
  readonly root: SourceNode;
  readonly model: DocumentModel;
  readonly terms?: Terms;
}

/** Where values that no mapped field carries are kept. */
const REST = '/source/values';

/**
 * Imports UBL 2.x and Peppol (XML), EPCIS 2.0 (JSON-LD) or plain JSON: the same bytes always give the same fields.
 * Refuses what is malformed, hostile or without the values of its kind (DOCUMENT_*, AMOUNT_INVALID, DECIMAL_INVALID,
 * CURRENCY_UNKNOWN, CURRENCY_MISMATCH), never a document for its arithmetic: that is noted.
 */
export function importDocument(bytes: Uint8Array, mediaType: string, hint: ImportHint = {}): TradeDocument {
  const parsed = parse(bytes, mediaType, hint);
  refuseMeaningless(parsed.model);
  const { model, notes } = complete(parsed.model, parsed.terms);
  const sha256 = toHex(createHash('sha256').update(parsed.bytes).digest());
  const origin = [
    { path: '/source/format', value: parsed.format },
    { path: '/source/sha256', value: sha256 },
  ];
  const document = {
    kind: model.kind,
    model,
    fields: [...modelFields(model), ...origin, ...parsed.root.rest(REST)],
    notes: [...notes, ...arithmeticNotes(model, parsed.terms)],
    source: { bytes: parsed.bytes, mediaType: parsed.mediaType, format: parsed.format, sha256 },
  };
  return hint.kind === undefined ? document : documentOf(document, hint.kind);
}

function parse(bytes: Uint8Array, mediaType: string, hint: ImportHint): Parsed {
  const type = mediaType.split(';')[0]!.trim().toLowerCase();
  if (/^(?:application|text)\/(?:[\w.-]+\+)?xml$/.test(type)) return parseXml(bytes);
  if (/^application\/(?:[\w.-]+\+)?json$/.test(type)) return parseJson(bytes, hint);
  throw mediaTypeUnsupported(`${type || 'nothing'} is neither XML nor JSON`);
}

function parseXml(bytes: Uint8Array): Parsed {
  const source = readXml(bytes, UBL_COMPONENTS);
  const model = ubl(source);
  const terms = ublTerms(source.root, model);
  return { bytes, mediaType: 'application/xml', format: `UBL ${source.name}`, root: source.root, model, terms };
}

function parseJson(bytes: Uint8Array, { kind, member }: ImportHint): Parsed {
  const json = readJson(bytes);
  const root = member === undefined ? json.root : json.root.one(member);
  if (!root) throw fieldMissing(`the body has no "${member}"`, { pointer: `/${member}` });
  const own = member === undefined ? bytes : json.span(root);
  if (isEpcis(root)) return { bytes: own, mediaType: 'application/ld+json', format: 'EPCIS', root, model: epcis(root) };
  return { bytes: own, mediaType: 'application/json', format: 'JSON', root, model: plainJson(root, kind) };
}
