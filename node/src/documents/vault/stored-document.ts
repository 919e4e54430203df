import type { Field } from '../../kernel/disclosure.js';
import type { Hex } from '../../kernel/hex.js';
import type { Root, Seed } from '../../kernel/ids.js';
import type { DocumentModel } from '../model/index.js';
import type { DocumentSource, TradeDocument } from '../trade-document.js';

/** A commitment, and the order or receivable of which somebody put it on chain. */
export interface DocumentPlace {
  readonly root: Root | Hex;
  readonly object: Hex;
}

/** Of which object this is which version, and what commits to it. */
export interface VaultEntry extends DocumentPlace {
  /** Id of the order or receivable that the document belongs to. */
  readonly object: Hex;
  readonly version: number;
  readonly root: Root;
  readonly seed: Seed;
  /** All fields committed to (`commitmentFields`): kept, since a later release may read the same bytes otherwise. */
  readonly fields: readonly Field[];
}

/** A document from the vault with its entry. `commit(fields, seed)` gives its root again. */
export interface StoredDocument<M extends DocumentModel = DocumentModel> extends VaultEntry {
  readonly document: TradeDocument<M>;
}

interface Head {
  readonly seed: Seed;
  readonly fields: readonly (readonly [path: string, value: string])[];
  /** Of the content alone; mostly those are the last ones of all, and this is how many there are. */
  readonly content: number | readonly (readonly [path: string, value: string])[];
  readonly model: DocumentModel;
  readonly notes: readonly string[];
  readonly source: Omit<DocumentSource, 'bytes'>;
}

const pairs = (fields: readonly Field[]) => fields.map(({ path, value }) => [path, value] as const);
const unpair = (list: Head['fields']): Field[] => list.map(([path, value]) => ({ path, value }));

/** What is encrypted: four bytes of length, that much JSON, then the bytes that were imported. */
export function pack({ source, ...document }: TradeDocument, { seed, fields }: VaultEntry): Buffer {
  const { bytes, ...origin } = source;
  const { fields: content, model, notes } = document;
  const head: Head = {
    ...{ seed, model, notes, source: origin },
    fields: pairs(fields),
    content: isEndOf(fields, content) ? content.length : pairs(content),
  };
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json, bytes]);
}

/** An instalment's fields say another amount and date than the document that they are made of. */
function isEndOf(fields: readonly Field[], content: readonly Field[]): boolean {
  const before = fields.length - content.length;
  return content.every(
    ({ path, value }, i) => fields[before + i]?.path === path && fields[before + i]?.value === value,
  );
}

/** Tells documents at one of the places from those that a root alone finds: who copies another's root commits to nothing of its own. */
export function standsAt(places: readonly DocumentPlace[]): (document: DocumentPlace) => boolean {
  const known = new Set(places.map(keyOf));
  return (document) => known.has(keyOf(document));
}

const keyOf = ({ root, object }: DocumentPlace): string => `${root}|${object}`;

/** The inverse of {@link pack}; object, version and root come from the row that the content is bound to. */
export function unpack(packed: Buffer, row: Pick<VaultEntry, 'object' | 'version' | 'root'>): StoredDocument {
  const end = 4 + packed.readUInt32BE();
  const { seed, content, model, notes, source, ...head } = JSON.parse(packed.toString('utf8', 4, end)) as Head;
  const fields = unpair(head.fields);
  const document = {
    kind: model.kind,
    model,
    notes,
    fields: typeof content === 'number' ? fields.slice(fields.length - content) : unpair(content),
    source: { ...source, bytes: packed.subarray(end) },
  };
  return { ...row, seed, fields, document };
}
