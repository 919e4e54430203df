import { Injectable } from '@nestjs/common';
import { noteLook } from '../../audit/index.js';
import { UnitOfWork } from '../../database/index.js';
import { isCommon } from '../../documents/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
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

/** Place of a credit file in the list. */
export type CreditFilePlace = Pick<CreditFile, 'sealedAt' | 'grant'>;

/** What was shown under grants that are over, sealed until its time is up. */
@Injectable()
export class CreditFiles {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly copies: CopiesStore,
  ) {}

  /** Last sealed first, up to `limit` after `after`. A file stands where the last of its documents was sealed. */
  async list(limit: number, after?: CreditFilePlace): Promise<CreditFile[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT f.grant_id, g.maker, g.object, g.on_order, g.purpose, its.documents, f.sealed_at, its.retained_until
       FROM (SELECT DISTINCT sealed_at, grant_id FROM credit_files f
             WHERE ($2::int8 IS NULL OR (sealed_at, grant_id) < ($2, $3::bytea))
               AND NOT EXISTS (SELECT FROM credit_files later
                               WHERE later.grant_id = f.grant_id AND later.sealed_at > f.sealed_at)
             ORDER BY sealed_at DESC, grant_id DESC LIMIT $1) f
       JOIN grants g ON g.id = f.grant_id
       CROSS JOIN LATERAL (SELECT count(*)::int4 AS documents, min(retained_until) AS retained_until
                           FROM credit_files WHERE grant_id = f.grant_id) its
       ORDER BY f.sealed_at DESC, f.grant_id DESC`,
      [limit, after?.sealedAt ?? null, after ? toBytes(after.grant) : null],
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
