import { Injectable } from '@nestjs/common';
import { Lookup, statement, UnitOfWork } from '../../database/index.js';
import { IndexHead } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Financing, Side } from '../domain/financing.js';

/** What a change may set. */
export type FinancingChange = Partial<
  Pick<
    Financing,
    | 'status'
    | 'sent'
    | 'evidenceAwaited'
    | 'offer'
    | 'claim'
    | 'declineReason'
    | 'disbursementReference'
    | 'releaseReason'
    | 'holderCertificate'
  >
>;

const COLUMN: Readonly<Record<keyof FinancingChange, string>> = {
  status: 'status',
  sent: 'sent',
  evidenceAwaited: 'evidence_awaited',
  offer: 'offer',
  claim: 'claim',
  declineReason: 'decline_reason',
  disbursementReference: 'disbursement_reference',
  releaseReason: 'release_reason',
  holderCertificate: 'holder_certificate',
};

interface Row {
  readonly id: Buffer;
  readonly side: Side;
  readonly object: Buffer;
  readonly on_order: boolean;
  readonly holder: string;
  readonly lender: string;
  readonly status: Financing['status'];
  readonly requested: Financing['requested'];
  readonly rolls_over: Buffer | null;
  readonly holder_certificate: Financing['holderCertificate'];
  readonly sent: boolean;
  readonly evidence_awaited: boolean;
  readonly offer: Financing['offer'];
  readonly claim: string | null;
  readonly decline_reason: string | null;
  readonly disbursement_reference: string | null;
  readonly release_reason: string | null;
  readonly requested_at: string;
  readonly changed_at: string;
  readonly version: number;
}

const COLUMNS = `id, side, object, on_order, holder, lender, status, requested, rolls_over, holder_certificate, sent, evidence_awaited,
  offer, claim, decline_reason, disbursement_reference, release_reason, requested_at, changed_at, version`;
const OF_OBJECTS = statement(`SELECT ${COLUMNS} FROM financings WHERE object = ANY($1)`);

/** Financings that this member asked for or was asked for. */
@Injectable()
export class FinancingStore {
  private readonly byObject = new Lookup<Hex, Financing>(
    async (objects) => (await this.unitOfWork.read<Row>(OF_OBJECTS, [objects.map(toBytes)])).map(financingOf),
    ({ object }) => object,
  );

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly head: IndexHead,
  ) {}

  /** False when it is there already. */
  async add(financing: Omit<Financing, 'claim' | 'requestedAt' | 'changedAt' | 'version'>): Promise<boolean> {
    const { id, side, object, onOrder, holder, lender, status, requested, holderCertificate, sent } = financing;
    const { rollsOver, evidenceAwaited } = financing;
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      `INSERT INTO financings (id, side, object, on_order, holder, lender, status, requested, holder_certificate, sent,
         requested_at, changed_at, version, rolls_over, evidence_awaited)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, 1, $12, $13) ON CONFLICT DO NOTHING RETURNING 1`,
      [
        ...[toBytes(id), side, toBytes(object), onOrder, holder, lender, status, JSON.stringify(requested)],
        ...[holderCertificate && JSON.stringify(holderCertificate), sent, this.head.current().timestamp],
        ...[rollsOver && toBytes(rollsOver), evidenceAwaited],
      ],
    );
    return rows.length > 0;
  }

  async find(id: Hex): Promise<Financing | undefined> {
    return (await this.select('WHERE id = $1', [toBytes(id)]))[0];
  }

  /** The same, and until the unit of work ends nobody else changes it. */
  async lock(id: Hex): Promise<Financing | undefined> {
    return (await this.select('WHERE id = $1 FOR UPDATE', [toBytes(id)]))[0];
  }

  /** Has its end looked for, too (`EndingStore`). */
  async change(id: Hex, change: FinancingChange): Promise<void> {
    const entries = Object.entries(change) as [keyof FinancingChange, unknown][];
    const sets = entries.map(([name], i) => `${COLUMN[name]} = $${i + 3}`);
    const values = entries.map(([, value]) =>
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    );
    await this.unitOfWork.manager.query(
      `UPDATE financings SET ${[...sets, 'changed_at = $2', 'version = version + 1', 'may_end_at = 0'].join(', ')} WHERE id = $1`,
      [toBytes(id), this.head.current().timestamp, ...values],
    );
  }

  /** Of any of these objects. */
  async of(objects: readonly Hex[]): Promise<Financing[]> {
    return [...(await this.byObject.of(objects))];
  }

  /** Newest request first. */
  list(filter: { side?: Side; object?: Hex; before?: readonly [number, Hex] }, limit: number): Promise<Financing[]> {
    const values: unknown[] = [];
    const place = (value: unknown): string => `$${values.push(value)}`;
    const conditions = ['true'];
    if (filter.side) conditions.push(`side = ${place(filter.side)}`);
    if (filter.object) conditions.push(`object = ${place(toBytes(filter.object))}`);
    if (filter.before) {
      const [at, id] = filter.before;
      conditions.push(`(requested_at, id) < (${place(at)}, ${place(toBytes(id))})`);
    }
    return this.select(`WHERE ${conditions.join(' AND ')} ORDER BY requested_at DESC, id DESC LIMIT ${limit}`, values);
  }

  private async select(tail: string, values: unknown[]): Promise<Financing[]> {
    return (await this.unitOfWork.manager.query<Row[]>(`SELECT ${COLUMNS} FROM financings ${tail}`, values)).map(
      financingOf,
    );
  }
}

function financingOf(row: Row): Financing {
  const { side, status, requested, sent, offer, claim, version } = row;
  return {
    ...{ side, status, requested, sent, offer, claim, version },
    id: toHex(row.id),
    evidenceAwaited: row.evidence_awaited,
    object: toHex(row.object),
    rollsOver: row.rolls_over && toHex(row.rolls_over),
    onOrder: row.on_order,
    holder: Number(row.holder),
    lender: Number(row.lender),
    holderCertificate: row.holder_certificate,
    declineReason: row.decline_reason,
    disbursementReference: row.disbursement_reference,
    releaseReason: row.release_reason,
    requestedAt: Number(row.requested_at),
    changedAt: Number(row.changed_at),
  };
}
