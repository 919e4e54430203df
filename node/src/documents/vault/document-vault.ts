import { Injectable } from '@nestjs/common';
import { byteaArray, Lookup, statement, UnitOfWork } from '../../database/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import { toBytes, toHex, type Hex } from '../../kernel/hex.js';
import type { Root } from '../../kernel/ids.js';
import { defineProblem } from '../../kernel/problem.js';
import { commit } from '../commitment/commitment.js';
import type { DocumentKind, ModelOf } from '../model/index.js';
import type { TradeDocument } from '../trade-document.js';
import { LatelyOpened } from './lately-opened.js';
import { type DocumentPlace, pack, standsAt, unpack, type StoredDocument, type VaultEntry } from './stored-document.js';
import { SealedRows, SealedTables } from './sealed-tables.js';
import { VaultCipher } from './vault-cipher.js';

interface Row {
  readonly root: Buffer;
  readonly object: Buffer;
  readonly kind: DocumentKind;
  readonly version: string;
  readonly node_key: string | null;
  readonly wrapped_key: Buffer;
  readonly payload: Buffer;
}

const PLACE = 'root, object, kind, version';
const COLUMNS = 'root, object, kind, version, node_key, wrapped_key, payload';
/** A document whose data key was destroyed is as if it never came. */
const HERE = 'wrapped_key IS NOT NULL';

/** A document may have megabytes. */
const FEW_ROOTS = 8;
const BY_ROOT = statement(`SELECT ${COLUMNS} FROM documents WHERE root = ANY($1) AND ${HERE}`);
const LAST_OF_KIND =
  statement(`SELECT ${COLUMNS} FROM documents WHERE object = $1 AND kind = $2 AND version = $3 AND ${HERE}
  ORDER BY place DESC LIMIT 1`);

export const documentErased = defineProblem({
  code: 'DOCUMENT_ERASED',
  status: 410,
  title: 'This member destroyed the document; its commitment, and proofs that were given before, stand',
});

/** A document with the proof that all its fields are behind its root. */
export interface DocumentInFull {
  readonly kind: DocumentKind;
  readonly disclosure: Disclosure;
}

/** The member's documents, encrypted at rest. Writes join the current unit of work; nothing is ever changed, but all may be erased. */
@Injectable()
export class DocumentVault {
  private readonly rows = new Lookup<Hex, Row>(
    // Long lists would hold up whoever looks something up by the way: they go as other statements do.
    (roots) =>
      roots.length <= FEW_ROOTS
        ? this.unit.read<Row>(BY_ROOT, [roots.map(toBytes)])
        : this.unit.manager.query<Row[]>(BY_ROOT.text, [roots.map(toBytes)]),
    ({ root }) => toHex(root),
    { inUnit: () => this.unit.active, most: FEW_ROOTS },
  );

  private readonly lately = new LatelyOpened<DocumentInFull>();

  constructor(
    private readonly unit: UnitOfWork,
    private readonly cipher: VaultCipher,
    tables?: SealedTables,
  ) {
    tables?.add(new SealedRows<Row>(unit, cipher, { name: 'documents', key: ['root'], columns: PLACE, identityOf }));
  }

  /** Keeps a document under its root; one that is kept already stays as it is, and makes false. */
  async store(document: TradeDocument, entry: VaultEntry): Promise<boolean> {
    return (await this.storeMany([{ document, entry }])).size === 1;
  }

  /** The same for many in one statement. The roots of those that are new: neither kept nor erased before. */
  async storeMany(
    items: readonly { readonly document: TradeDocument; readonly entry: VaultEntry }[],
  ): Promise<ReadonlySet<Hex>> {
    const rows = items.map(({ document, entry }) => {
      const id = identity(entry.root, entry.object, document.kind, entry.version);
      return { ...entry, kind: document.kind, ...this.cipher.seal(id, pack(document, entry)) };
    });
    const kept = await this.unit.manager.query<{ root: Buffer }[]>(
      `INSERT INTO documents (${COLUMNS})
       SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::text[], $4::int8[], $5::text[], $6::bytea[], $7::bytea[])
       ON CONFLICT (root) DO NOTHING RETURNING root`,
      [
        byteaArray(rows.map(({ root }) => toBytes(root))),
        byteaArray(rows.map(({ object }) => toBytes(object))),
        rows.map(({ kind }) => kind),
        rows.map(({ version }) => version),
        rows.map(({ nodeKey }) => nodeKey),
        byteaArray(rows.map(({ wrappedKey }) => wrappedKey)),
        byteaArray(rows.map(({ payload }) => payload)),
      ],
    );
    return new Set(kept.map(({ root }) => toHex(root)));
  }

  /** The document behind a commitment of an object, if this member keeps it for that object. */
  async at(place: DocumentPlace): Promise<StoredDocument | undefined> {
    return (await this.atAll([place])).get(place.root);
  }

  /**
   * The documents behind these commitments; those that this member does not keep for the object are left out. Whoever writes to an
   * object on chain can put there a root that it saw elsewhere: a root alone opens nothing.
   */
  async atAll(places: readonly DocumentPlace[]): Promise<Map<Root | Hex, StoredDocument>> {
    const rows = await this.rowsAt(places);
    return new Map(rows.map((row) => this.open(row)).map((stored) => [stored.root, stored]));
  }

  /** The same as disclosures of all their fields. What was opened within the last minute is not opened again. */
  async inFull(places: readonly DocumentPlace[]): Promise<Map<Hex, DocumentInFull>> {
    const rows = await this.rowsAt(places);
    return new Map(
      rows.map((row) => {
        const root = toHex(row.root);
        return [root, this.lately.of(root, row.payload, () => disclosureOf(this.open(row)))];
      }),
    );
  }

  /** The document last kept of this kind and version of an object: a declined proposal gives way to its successor. */
  async load<K extends DocumentKind>(
    object: Hex,
    kind: K,
    version: number,
  ): Promise<StoredDocument<ModelOf<K>> | undefined> {
    const [row] = await this.unit.read<Row>(LAST_OF_KIND, [toBytes(object), kind, version]);
    return row && (this.open(row) as StoredDocument<ModelOf<K>>);
  }

  /** All documents of an object in the order in which they were kept. */
  async of(object: Hex): Promise<StoredDocument[]> {
    const query = `SELECT ${COLUMNS} FROM documents WHERE object = $1 AND ${HERE} ORDER BY place`;
    const rows = await this.unit.manager.query<Row[]>(query, [toBytes(object)]);
    return rows.map((row) => this.open(row));
  }

  /**
   * Destroys all documents of an object, data keys first of all; returns their roots. What commits to them stays, so they
   * are never taken in again, and what was shown of them before still opens its root.
   */
  async erase(object: Hex): Promise<Hex[]> {
    const [rows] = await this.unit.manager.query<[{ root: Buffer }[], number]>(
      `UPDATE documents SET wrapped_key = NULL, payload = NULL, node_key = NULL, erased_at = now()
       WHERE object = $1 AND ${HERE} RETURNING root`,
      [toBytes(object)],
    );
    const roots = rows.map(({ root }) => toHex(root));
    for (const root of roots) this.lately.forget(root);
    return roots;
  }

  /** Whether the document was here and is destroyed. */
  async isErased({ root, object }: DocumentPlace): Promise<boolean> {
    const query = 'SELECT 1 FROM documents WHERE root = $1 AND object = $2 AND erased_at IS NOT NULL';
    return (await this.unit.manager.query<unknown[]>(query, [toBytes(root), toBytes(object)])).length > 0;
  }

  private async rowsAt(places: readonly DocumentPlace[]): Promise<Row[]> {
    const stands = standsAt(places);
    const rows = await this.rows.of(places.map(({ root }) => root));
    return rows.filter(({ root, object }) => stands({ root: toHex(root), object: toHex(object) }));
  }

  private open(row: Row): StoredDocument {
    const [root, object, version] = [toHex(row.root) as Root, toHex(row.object), Number(row.version)];
    const sealed = { nodeKey: row.node_key, wrappedKey: row.wrapped_key, payload: row.payload };
    const packed = this.cipher.open(identityOf(row), sealed);
    return unpack(packed, { root, object, version });
  }
}

function disclosureOf({ document, fields, seed }: StoredDocument): DocumentInFull {
  return { kind: document.kind, disclosure: commit(fields, seed).disclose(['']) };
}

type Place = Pick<Row, 'root' | 'object' | 'kind' | 'version'>;
const identityOf = ({ root, object, kind, version }: Place) =>
  identity(toHex(root), toHex(object), kind, Number(version));
const identity = (root: Hex, object: Hex, kind: string, version: number) => [root, object, kind, version].join('|');
