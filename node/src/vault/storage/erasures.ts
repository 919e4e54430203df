import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Erasure } from '../domain/erasure.js';

interface Row {
  readonly id: string;
  readonly object: Buffer;
  readonly on_order: boolean;
  readonly documents: Buffer[];
  readonly reason: string;
  readonly erased_at: string;
  readonly block: string;
  readonly account: Buffer;
  readonly signature: Buffer;
}

/** Place of a record in the list. */
export type ErasurePlace = Pick<Erasure, 'erasedAt' | 'id'>;

/** Records of what this member erased. They are kept for ever. */
@Injectable()
export class Erasures {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async add(erasure: Erasure): Promise<void> {
    const { id, object, onOrder, documents, reason, erasedAt, block, account, signature } = erasure;
    await this.unitOfWork.manager.query(
      `INSERT INTO erasures (id, object, on_order, documents, reason, erased_at, block, account, signature)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[id, toBytes(object), onOrder, documents.map(toBytes), reason],
        ...[erasedAt, block, toBytes(account), toBytes(signature)],
      ],
    );
  }

  /** The latest first, up to `limit` after `after`; `member` is this member's short name. */
  async list(member: string, limit: number, after?: ErasurePlace): Promise<Erasure[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT * FROM erasures WHERE $2::int8 IS NULL OR (erased_at, id) < ($2, $3::uuid)
       ORDER BY erased_at DESC, id DESC LIMIT $1`,
      [limit, after?.erasedAt ?? null, after?.id ?? null],
    );
    return rows.map((row) => read(member, row));
  }

  async find(member: string, id: string): Promise<Erasure | undefined> {
    const [row] = await this.unitOfWork.manager.query<Row[]>('SELECT * FROM erasures WHERE id = $1', [id]);
    return row && read(member, row);
  }
}

function read(member: string, row: Row): Erasure {
  return {
    ...{ id: row.id, member, onOrder: row.on_order, reason: row.reason },
    object: toHex(row.object) as Hex,
    documents: row.documents.map(toHex),
    erasedAt: Number(row.erased_at),
    block: Number(row.block),
    account: toHex(row.account),
    signature: toHex(row.signature),
  };
}
