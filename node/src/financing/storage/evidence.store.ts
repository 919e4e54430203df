import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** A document as far as a holder disclosed it to this lender; the fields were checked against the root. */
export interface ShownDocument {
  readonly root: Hex;
  /** The order or receivable that it is about. */
  readonly object: Hex;
  /** As the document itself says. */
  readonly kind: string;
  readonly disclosure: Disclosure;
}

interface Row {
  readonly root: Buffer;
  readonly object: Buffer;
  readonly kind: string;
  readonly disclosure: Disclosure;
}

/** What holders disclosed to this member for their requests. */
@Injectable()
export class EvidenceStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * A later disclosure of a document takes the place of an earlier one only if it has all its fields: otherwise the
   * earlier stays, so that nothing once shown is taken back.
   */
  async keep(financing: Hex, documents: readonly ShownDocument[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO financing_evidence (financing, root, object, kind, disclosure)
       SELECT $1, * FROM unnest($2::bytea[], $3::bytea[], $4::text[], $5::jsonb[])
       ON CONFLICT (financing, root) DO UPDATE SET disclosure = EXCLUDED.disclosure
       WHERE NOT EXISTS (
         SELECT jsonb_path_query(financing_evidence.disclosure, '$.fields[*].path')
         EXCEPT SELECT jsonb_path_query(EXCLUDED.disclosure, '$.fields[*].path'))`,
      [
        toBytes(financing),
        documents.map(({ root }) => toBytes(root)),
        documents.map(({ object }) => toBytes(object)),
        documents.map(({ kind }) => kind),
        documents.map(({ disclosure }) => JSON.stringify(disclosure)),
      ],
    );
  }

  /** Everything that was disclosed for a request. */
  async of(financing: Hex): Promise<ShownDocument[]> {
    return this.select('financing = $1', toBytes(financing));
  }

  /** Whatever was disclosed of the documents behind these roots. */
  async behind(roots: readonly Hex[]): Promise<ShownDocument[]> {
    return this.select('root = ANY($1)', roots.map(toBytes));
  }

  /** Objects of which invoices or orders were disclosed. */
  async objects(kind: 'INVOICE' | 'ORDER'): Promise<Hex[]> {
    const rows = await this.unitOfWork.manager.query<{ object: Buffer }[]>(
      'SELECT DISTINCT object FROM financing_evidence WHERE kind = $1',
      [kind],
    );
    return rows.map(({ object }) => toHex(object));
  }

  private async select(condition: string, value: unknown): Promise<ShownDocument[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT root, object, kind, disclosure FROM financing_evidence WHERE ${condition} ORDER BY financing, root`,
      [value],
    );
    return rows.map(({ root, object, ...row }) => ({ ...row, root: toHex(root), object: toHex(object) }));
  }
}
