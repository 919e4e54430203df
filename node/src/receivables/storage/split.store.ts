import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { IndexHead } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Split, SplitPart } from '../domain/split/split.js';

/** What a change may set. */
export type SplitChange = Partial<
  Pick<Split, 'status' | 'parts' | 'consent' | 'cosignature' | 'submission' | 'refusal'>
>;

/** What a refusal says once that is erased which it compares. */
const ERASED = { detail: 'what was refused was erased here', facts: {} };

interface Row {
  readonly id: Buffer;
  readonly side: Split['side'];
  readonly receivable: Buffer;
  readonly proposer: string;
  readonly status: Split['status'];
  readonly parts: SplitPart[];
  readonly cover_version: string;
  readonly expires_at: string;
  readonly consent: Split['consent'];
  readonly cosignature: Split['cosignature'];
  readonly submission: string | null;
  readonly refusal: Split['refusal'];
  readonly created_at: string;
  readonly changed_at: string;
  readonly version: number;
}

/** Splits that this member proposed, is to hold a part of, or owes. */
@Injectable()
export class SplitStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly head: IndexHead,
  ) {}

  /** False when one of that id is there already. */
  async add(
    split: Omit<Split, 'cosignature' | 'submission' | 'createdAt' | 'changedAt' | 'version'>,
  ): Promise<boolean> {
    const { id, side, receivable, proposer, status, parts, coverVersion, expiresAt, consent, refusal } = split;
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      `INSERT INTO receivable_splits (id, side, receivable, proposer, status, parts, cover_version, expires_at, consent,
         refusal, created_at, changed_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, 1) ON CONFLICT DO NOTHING RETURNING 1`,
      [
        ...[toBytes(id), side, toBytes(receivable), proposer, status, JSON.stringify(parts), coverVersion, expiresAt],
        ...[consent && JSON.stringify(consent), refusal && JSON.stringify(refusal), this.head.current().timestamp],
      ],
    );
    return rows.length > 0;
  }

  async change(id: Hex, { status, parts, consent, cosignature, submission, refusal }: SplitChange): Promise<void> {
    const json = (value: unknown): string | null => (value ? JSON.stringify(value) : null);
    await this.unitOfWork.manager.query(
      `UPDATE receivable_splits SET status = coalesce($2, status), parts = coalesce($3, parts),
         consent = coalesce($4, consent), submission = coalesce($5, submission), refusal = coalesce($6, refusal),
         cosignature = coalesce($8, cosignature), changed_at = $7, version = version + 1
       WHERE id = $1`,
      [
        ...[toBytes(id), status ?? null, json(parts), json(consent), submission ?? null, json(refusal)],
        ...[this.head.current().timestamp, json(cosignature)],
      ],
    );
  }

  async find(id: Hex): Promise<Split | undefined> {
    return (await this.select('WHERE id = $1', [toBytes(id)]))[0];
  }

  /** The same, and until the unit of work ends nobody else changes it. */
  async lock(id: Hex): Promise<Split | undefined> {
    return (await this.select('WHERE id = $1 FOR UPDATE', [toBytes(id)]))[0];
  }

  /** Until the unit of work ends, others who split this receivable here, or say that they paid on it, wait. */
  async lockReceivable(receivable: Hex): Promise<void> {
    await this.unitOfWork.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('split/' || $1, 0))`, [
      receivable,
    ]);
  }

  /** Of a receivable, newest first. */
  of(receivable: Hex): Promise<Split[]> {
    return this.select('WHERE receivable = $1 ORDER BY created_at DESC, id', [toBytes(receivable)]);
  }

  /** Those that this obligor has signed, of receivables that are not split yet. */
  signed(): Promise<Split[]> {
    return this.select(
      `WHERE side = 'OBLIGOR' AND status = 'SIGNED' AND submission IS NOT NULL
         AND EXISTS (SELECT FROM chain_receivables r WHERE r.id = receivable AND r.status = 'CONFIRMED')`,
      [],
    );
  }

  /** Those of which the receivable is the whole or one of the parts, newest first. */
  about(receivable: Hex): Promise<Split[]> {
    return this.select('WHERE receivable = $1 OR parts @> $2 ORDER BY created_at DESC, id', [
      toBytes(receivable),
      JSON.stringify([{ receivable }]),
    ]);
  }

  /**
   * Cuts out what a part of a split says, or of what was to be split all that its parts say, and by how much they were wrong: that they were
   * agreed, and their roots, stay, and the code of a refusal.
   */
  async forget(receivable: Hex): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE receivable_splits s SET version = version + 1, parts = (
         SELECT coalesce(jsonb_agg(CASE WHEN s.receivable = $1 OR part->>'receivable' = $2
           THEN part || '{"terms": null, "seed": null}' ELSE part END ORDER BY place), '[]')
         FROM jsonb_array_elements(s.parts) WITH ORDINALITY AS each(part, place)),
         refusal = CASE WHEN refusal IS NOT NULL THEN jsonb_build_object('code', refusal->'code') || $4::jsonb END
       WHERE (receivable = $1 OR parts @> $3) AND (parts <> '[]' OR refusal IS NOT NULL)`,
      [toBytes(receivable), receivable, JSON.stringify([{ receivable }]), JSON.stringify(ERASED)],
    );
  }

  private async select(tail: string, values: unknown[]): Promise<Split[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(`SELECT * FROM receivable_splits ${tail}`, values);
    return rows.map(splitOf);
  }
}

function splitOf(row: Row): Split {
  const { side, status, parts, consent, cosignature, submission, refusal, version } = row;
  return {
    ...{ side, status, parts, consent, cosignature, submission, refusal, version },
    id: toHex(row.id),
    receivable: toHex(row.receivable),
    proposer: Number(row.proposer),
    coverVersion: Number(row.cover_version),
    expiresAt: Number(row.expires_at),
    createdAt: Number(row.created_at),
    changedAt: Number(row.changed_at),
  };
}
