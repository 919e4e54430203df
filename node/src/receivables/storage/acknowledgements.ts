import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

const FAILED = `EXISTS (SELECT 1 FROM submissions s
  WHERE s.id = payment_acknowledgements.submission AND s.status IN ('REFUSED', 'REVERTED'))`;

/** Acknowledgements of payments that this member sent, which the chain shows only a while later. Within the current unit of work. */
@Injectable()
export class Acknowledgements {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** False while another of the same payment is on its way, or was included; of two at once the second waits for the first. */
  async add(payment: Hex, receivable: Hex, submission: string): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      `INSERT INTO payment_acknowledgements (payment, receivable, submission) VALUES ($1, $2, $3)
       ON CONFLICT (payment) DO UPDATE SET submission = EXCLUDED.submission WHERE ${FAILED} RETURNING 1`,
      [toBytes(payment), toBytes(receivable), submission],
    );
    return rows.length > 0;
  }

  /** Roots of the receivable's payments that were acknowledged here, unless that failed. */
  async of(receivable: Hex): Promise<ReadonlySet<Hex>> {
    const rows = await this.unitOfWork.manager.query<{ payment: Buffer }[]>(
      `SELECT payment FROM payment_acknowledgements WHERE receivable = $1 AND NOT ${FAILED}`,
      [toBytes(receivable)],
    );
    return new Set(rows.map(({ payment }) => toHex(payment)));
  }
}
