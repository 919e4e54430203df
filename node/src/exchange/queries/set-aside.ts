import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import type { ProblemRecord } from '../../kernel/problem.js';
import { AtRest } from '../../kernel/at-rest.js';
import type { SetAsideKey } from '../domain/set-aside-id.js';

/** An envelope that waits for the operator. */
export interface SetAsideRow extends SetAsideKey {
  readonly envelope: string;
  /** member number of the sender (IN) or recipient (OUT) */
  readonly member: number;
  readonly type: string;
  readonly object: Hex;
  /** OUT: the code of the last attempt's failure */
  readonly reason: ProblemRecord;
  readonly at: Date;
}

/** Place of a row in the list: newest first. */
export interface SetAsidePlace extends SetAsideKey {
  readonly at: string;
}

interface Row {
  direction: 'IN' | 'OUT';
  seq: string;
  envelope: string;
  member: number;
  type: string;
  object: Buffer;
  code: string;
  reason: Buffer | null;
  at: Date;
}

const ALL = `
  SELECT 'IN' AS direction, seq, id AS envelope, from_member AS member, type, object, reason_code AS code, reason,
    received_at AS at
  FROM exchange_inbox WHERE status = 'SET_ASIDE'
  UNION ALL
  SELECT 'OUT', seq, id, to_member, type, object, coalesce(last_error, 'GAVE_UP'), NULL, created_at
  FROM exchange_outbox WHERE status = 'SET_ASIDE'`;

/** Envelopes set aside: received and refused by their handler, or sent and never taken. */
@Injectable()
export class SetAsideList {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly atRest: AtRest,
  ) {}

  /** Newest first, up to `limit` after `after`. */
  async list(limit: number, after?: SetAsidePlace): Promise<SetAsideRow[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT * FROM (${ALL}) aside
       WHERE $2::timestamptz IS NULL OR (date_trunc('milliseconds', at), direction, seq) < ($2, $3, $4)
       ORDER BY date_trunc('milliseconds', at) DESC, direction DESC, seq DESC LIMIT $1`,
      [limit, after?.at ?? null, after?.direction ?? null, after?.seq ?? null],
    );
    return rows.map(({ seq, object, code, reason, ...row }) => ({
      ...row,
      seq: Number(seq),
      object: toHex(object),
      reason: this.reasonOf(code, row, reason),
    }));
  }

  private reasonOf(
    code: string,
    { member, envelope }: Pick<Row, 'member' | 'envelope'>,
    stored: Buffer | null,
  ): ProblemRecord {
    if (!stored) return { code, detail: 'the counterparty’s node did not take it' };
    try {
      return JSON.parse(this.atRest.decrypt(`${member}:${envelope}:reason`, stored)) as ProblemRecord;
    } catch {
      return { code, detail: 'the reason that is kept does not decrypt: its row was changed' };
    }
  }
}
