import { defineProblem } from '../kernel/problem.js';
import type { Hex } from '../kernel/hex.js';
import type { Field } from './commitment/field.js';
import type { DocumentKind, DocumentModel, ModelOf } from './model/index.js';

/** A document as imported: what it says, as a model to compute with and as fields to commit to, and where that is from. */
export interface TradeDocument<M extends DocumentModel = DocumentModel> {
  readonly kind: M['kind'];
  readonly model: M;
  /** Canonical fields of the content alone; a commitment adds what it is bound to (`commitmentFields`). */
  readonly fields: readonly Field[];
  /** What does not add up in the document, each "CODE pointer: prose". Shows amounts: never to a log. */
  readonly notes: readonly string[];
  readonly source: DocumentSource;
}

/** The bytes that were imported and are committed to. */
export interface DocumentSource {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** `UBL Order`, `EPCIS`, `JSON`. */
  readonly format: string;
  readonly sha256: Hex;
}

const kindMismatch = defineProblem({
  code: 'DOCUMENT_KIND_MISMATCH',
  status: 422,
  title: 'Another kind of document than is asked for here',
});

/** The document as one of the kinds given. Throws DOCUMENT_KIND_MISMATCH. */
export function documentOf<K extends DocumentKind>(document: TradeDocument, ...kinds: K[]): TradeDocument<ModelOf<K>> {
  if ((kinds as DocumentKind[]).includes(document.kind)) return document as TradeDocument<ModelOf<K>>;
  throw kindMismatch(`this is ${document.kind}, not ${kinds.join(' or ')}`, { kind: document.kind, expected: kinds });
}
