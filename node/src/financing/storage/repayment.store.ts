import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { Repayment } from '../domain/financing.js';

interface Row {
  readonly number: number;
  readonly amount: string;
  readonly reference: string;
  readonly received_at: string;
}

/** Repayments as the lender records them and tells the holder. */
@Injectable()
export class RepaymentStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** In the order of their receipt. */
  async of(financing: Hex): Promise<Repayment[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      'SELECT number, amount, reference, received_at FROM financing_repayments WHERE financing = $1 ORDER BY number',
      [toBytes(financing)],
    );
    return rows.map(({ received_at, ...row }) => ({ ...row, receivedAt: Number(received_at) }));
  }

  async add(financing: Hex, { number, amount, reference, receivedAt }: Repayment): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO financing_repayments (financing, number, amount, reference, received_at) VALUES ($1, $2, $3, $4, $5)`,
      [toBytes(financing), number, amount, reference, receivedAt],
    );
  }
}
