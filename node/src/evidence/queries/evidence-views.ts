import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../database/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { dbInt } from '../../kernel/db-int.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { ITEM_ID, readItem } from '../domain/evidence-item.js';
import { ITEMS_A_PARCEL, type SaltedText } from '../domain/parcel.js';
import { evidenceUnknown } from '../domain/problems.js';
import { EvidenceParcels } from '../storage/evidence-parcels.js';

export const evidenceView = z.object({
  id: z.string(),
  status: z.enum(['PENDING', 'ANCHORED']).describe('ANCHORED once the chain has its batch.'),
  kind: z.string(),
  at: z.string().describe('When it happened, as its source says.'),
  order: z.string().nullable(),
  receivable: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable().describe('As JSON reads it; numbers may have lost digits.'),
  text: z.string().describe('The item as it was sent: what is committed to.'),
  receivedAt: z.iso.datetime().describe("By this node's clock."),
  batch: z.int().nullable().describe("Number in this member's chain of batches."),
  block: z.int().nullable(),
  anchoredAt: z.iso.datetime().nullable().describe('Block time: it was there by then.'),
});
export type EvidenceView = z.output<typeof evidenceView>;

/** Where a page ends: place of its parcel, and position in it. Newest first. */
export const evidenceKey = z.tuple([dbInt, z.int().min(0).max(ITEMS_A_PARCEL)]);
export type EvidenceKey = z.output<typeof evidenceKey>;

/** An item as it is found, with where the chain has it. */
export interface FoundItem {
  readonly view: EvidenceView;
  readonly key: EvidenceKey;
  readonly salted: SaltedText;
}

interface Row {
  id: string;
  parcel: string;
  position: number;
  received_at: Date;
  batch: string | null;
  block: string | null;
  anchored_at: string | null;
}

// One that a reorg brought onto the chain twice stands where it stood first.
const SELECT = `SELECT i.id, i.parcel, i.position, p.received_at, c.batch, c.anchored_block AS block, c.anchored_at
  FROM evidence_items i JOIN evidence_parcels p ON p.place = i.parcel
    LEFT JOIN evidence_batches b ON b.id = p.batch_id
    LEFT JOIN LATERAL (SELECT * FROM chain_anchors a WHERE a.root = b.root AND a.member = $1 ORDER BY a.batch LIMIT 1) c ON true`;
const NEWEST_FIRST = 'ORDER BY i.parcel DESC, i.position DESC LIMIT $2';

/** This member's evidence. */
@Injectable()
export class EvidenceViews {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: Members,
    private readonly parcels: EvidenceParcels,
  ) {}

  /** Throws EVIDENCE_UNKNOWN. */
  async get(id: string): Promise<FoundItem> {
    const [item] = ITEM_ID.test(id) ? await this.query('WHERE i.id = $2', [id]) : [];
    if (!item) throw evidenceUnknown('no item has this id', { id: id.slice(0, 100) });
    return item;
  }

  /** Newest first, up to `limit` after `after`; those of one order or receivable, or all. */
  list(object: Hex | undefined, limit: number, after?: EvidenceKey): Promise<FoundItem[]> {
    const of = object === undefined ? 'true' : 'i.object = $5';
    const before = '($3::int8 IS NULL OR (i.parcel, i.position) < ($3, $4::int))';
    const values = [limit, ...(after ?? [null, null]), ...(object === undefined ? [] : [toBytes(object)])];
    return this.query(`WHERE ${of} AND ${before} ${NEWEST_FIRST}`, values);
  }

  private async query(condition: string, values: unknown[]): Promise<FoundItem[]> {
    const { id: self } = await this.members.self();
    const rows = await this.unitOfWork.manager.query<Row[]>(`${SELECT} ${condition}`, [self, ...values]);
    const opened = await this.parcels.open([...new Set(rows.map(({ parcel }) => Number(parcel)))]);
    return rows.map((row) => {
      const salted = opened.get(Number(row.parcel))![row.position]!;
      return { view: toView(row, salted), key: [Number(row.parcel), row.position], salted };
    });
  }
}

function toView(row: Row, { text }: SaltedText): EvidenceView {
  const { id, kind, at, order = null, receivable = null, data = null } = readItem(text);
  const seconds = row.anchored_at === null ? null : Number(row.anchored_at);
  return {
    ...{ id, kind, at, order, receivable, data, text },
    status: row.batch === null ? 'PENDING' : 'ANCHORED',
    receivedAt: row.received_at.toISOString(),
    batch: row.batch === null ? null : Number(row.batch),
    block: row.block === null ? null : Number(row.block),
    anchoredAt: seconds === null ? null : timeOf(seconds),
  };
}
