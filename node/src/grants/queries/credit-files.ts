import { Injectable } from '@nestjs/common';
import { noteLook } from '../../audit/index.js';
import { UnitOfWork } from '../../database/index.js';
import { isCommon } from '../../documents/index.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import { creditFileUnknown } from '../domain/problems.js';
import { CopiesStore, type GrantedCopy } from '../storage/copies.store.js';

/** What may be known of a credit file without opening it. Times are block times in seconds. */
export interface CreditFile {
  readonly grant: Hex;
  readonly maker: number;
  readonly object: Hex;
  readonly onOrder: boolean;
  readonly purpose: string;
  readonly documents: number;
  readonly sealedAt: number;
  readonly retainedUntil: number;
}

interface Row {
  readonly grant_id: Buffer;
  readonly maker: string;
  readonly object: Buffer;
  readonly on_order: boolean;
  readonly purpose: string;
  readonly documents: number;
  readonly sealed_at: string;
  readonly retained_until: string;
}

/** What was shown under grants that are over, sealed until its time is up. */
@Injectable()
export class CreditFiles {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly copies: CopiesStore,
  ) {}

  /** The latest `limit`, last sealed first. */
  async list(limit: number): Promise<CreditFile[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT f.grant_id, g.maker, g.object, g.on_order, g.purpose, count(*)::int4 AS documents,
              max(f.sealed_at) AS sealed_at, min(f.retained_until) AS retained_until
       FROM credit_files f JOIN grants g ON g.id = f.grant_id
       GROUP BY f.grant_id, g.id ORDER BY max(f.sealed_at) DESC, f.grant_id LIMIT $1`,
      [limit],
    );
    return rows.map((row) => ({
      grant: toHex(row.grant_id),
      maker: Number(row.maker),
      object: toHex(row.object),
      onOrder: row.on_order,
      purpose: row.purpose,
      documents: row.documents,
      sealedAt: Number(row.sealed_at),
      retainedUntil: Number(row.retained_until),
    }));
  }

  /** Opens one, for a reason; a look that the owners are told of, without the reason. Throws CREDIT_FILE_UNKNOWN. */
  async open(grant: Hex, reason: string): Promise<GrantedCopy[]> {
    const copies = await this.copies.sealed(grant);
    if (copies.length === 0) throw creditFileUnknown('nothing is kept under it', { grant });
    for (const { object, root, disclosure } of copies) {
      const fields = disclosure.fields.map(({ path }) => path).filter((path) => !isCommon(path));
      noteLook({ object, root, fields: fields.sort(), grant, purpose: 'CREDIT_FILE', outcome: 'SHOWN', reason });
    }
    return copies;
  }
}
