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

  /** The latest first, or those of one id; `member` is this member's short name. */
  async list(member: string, { id, limit }: { id?: string; limit: number }): Promise<Erasure[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      'SELECT * FROM erasures WHERE $1::uuid IS NULL OR id = $1 ORDER BY erased_at DESC, id LIMIT $2',
      [id ?? null, limit],
    );
    return rows.map((row) => ({
      ...{ id: row.id, member, onOrder: row.on_order, reason: row.reason },
      object: toHex(row.object) as Hex,
      documents: row.documents.map(toHex),
      erasedAt: Number(row.erased_at),
      block: Number(row.block),
      account: toHex(row.account),
      signature: toHex(row.signature),
    }));
  }
}
