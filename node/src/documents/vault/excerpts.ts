import { Injectable } from '@nestjs/common';
import { Lookup, statement, UnitOfWork } from '../../database/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Problem } from '../../kernel/problem.js';
import { type DisclosedDocument, DisclosedDocuments, type DisclosureSource } from '../disclosed-documents.js';
import { SealedRows, SealedTables } from './sealed-tables.js';
import { type DocumentPlace, standsAt } from './stored-document.js';
import { VaultCipher } from './vault-cipher.js';

interface Row {
  readonly root: Buffer;
  readonly object: Buffer;
  readonly kind: string;
  readonly node_key: string | null;
  readonly wrapped_key: Buffer;
  readonly payload: Buffer;
}

const PLACE = 'root, object, kind';
const COLUMNS = `${PLACE}, node_key, wrapped_key, payload`;

/** So many are looked up by a prepared statement at most. */
const FEW_ROOTS = 8;
const BY_ROOT = statement(`SELECT ${COLUMNS} FROM excerpts WHERE root = ANY($1) AND wrapped_key IS NOT NULL`);

/**
 * What this member is to know of documents that are not for it in full, since it is a side to what they are about: its own, encrypted at
 * rest, and no grant's. Reading one is nobody's look.
 */
@Injectable()
export class Excerpts implements DisclosureSource {
  // Few have any, and all are asked for what a lender judges by: nobody is to wait for it.
  private readonly rows = new Lookup<Hex, Row>(
    (roots) =>
      roots.length <= FEW_ROOTS
        ? this.unitOfWork.read<Row>(BY_ROOT, [roots.map(toBytes)])
        : this.unitOfWork.manager.query<Row[]>(BY_ROOT.text, [roots.map(toBytes)]),
    ({ root }) => toHex(root),
    { inUnit: () => this.unitOfWork.active, most: FEW_ROOTS },
  );

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cipher: VaultCipher,
    tables: SealedTables,
    disclosed: DisclosedDocuments,
  ) {
    tables.add(
      new SealedRows<Row>(unitOfWork, cipher, { name: 'excerpts', key: ['root'], columns: PLACE, identityOf }),
    );
    disclosed.addSource(this);
  }

  /** Keeps one whose disclosure was checked, within the current unit of work. False if one of the document was here, be it erased since. */
  async keep({ root, object, kind, disclosure }: DisclosedDocument): Promise<boolean> {
    const place = { root: Buffer.from(toBytes(root)), object: Buffer.from(toBytes(object)), kind };
    const { nodeKey, wrappedKey, payload } = this.cipher.seal(
      identityOf(place),
      Buffer.from(JSON.stringify(disclosure)),
    );
    const kept = await this.unitOfWork.manager.query<unknown[]>(
      `INSERT INTO excerpts (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING root`,
      [place.root, place.object, kind, nodeKey, wrappedKey, payload],
    );
    return kept.length > 0;
  }

  async at(places: readonly DocumentPlace[]): Promise<DisclosedDocument[]> {
    const rows = await this.rows.of(places.map(({ root }) => root));
    const placed = rows.map((row) => ({ row, root: toHex(row.root), object: toHex(row.object) }));
    const stands = standsAt(places);
    return placed.filter(stands).map(({ row, root, object }) => {
      return { root, object, kind: row.kind, disclosure: this.open(row) };
    });
  }

  /** An excerpt lets nobody see an object that could not anyway. */
  standing(): Promise<Hex[]> {
    return Promise.resolve([]);
  }

  /** Nor find it. */
  ofNumber(): Promise<Hex[]> {
    return Promise.resolve([]);
  }

  refusal(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  closed(): Problem | undefined {
    return undefined;
  }

  /** Destroys all of an object, data keys first of all, within the current unit of work; returns their roots. None is taken in again. */
  async erase(object: Hex): Promise<Hex[]> {
    const [rows] = await this.unitOfWork.manager.query<[{ root: Buffer }[], number]>(
      `UPDATE excerpts SET wrapped_key = NULL, payload = NULL, node_key = NULL
       WHERE object = $1 AND wrapped_key IS NOT NULL RETURNING root`,
      [toBytes(object)],
    );
    return rows.map(({ root }) => toHex(root));
  }

  /** Whether one of the document was here and is destroyed. */
  async isErased({ root, object }: DocumentPlace): Promise<boolean> {
    const query = 'SELECT 1 FROM excerpts WHERE root = $1 AND object = $2 AND wrapped_key IS NULL';
    return (await this.unitOfWork.manager.query<unknown[]>(query, [toBytes(root), toBytes(object)])).length > 0;
  }

  private open(row: Row): Disclosure {
    const sealed = { nodeKey: row.node_key, wrappedKey: row.wrapped_key, payload: row.payload };
    return JSON.parse(this.cipher.open(identityOf(row), sealed).toString('utf8')) as Disclosure;
  }
}

const identityOf = ({ root, object, kind }: Pick<Row, 'root' | 'object' | 'kind'>): string =>
  ['excerpt', toHex(root), toHex(object), kind].join('|');
