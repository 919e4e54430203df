import { Injectable } from '@nestjs/common';
import { Lookup, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Repayment } from '../domain/financing.js';

interface Row {
  readonly financing: Buffer;
  readonly number: number;
  readonly amount: string;
  readonly reference: string;
  readonly received_at: string;
}

/** Repayments as the lender records them and tells the holder. */
@Injectable()
export class RepaymentStore {
  private readonly rows = new Lookup<Hex, Row>(
    (financings) =>
      this.unitOfWork.manager.query<Row[]>(
        `SELECT financing, number, amount, reference, received_at FROM financing_repayments
         WHERE financing = ANY($1) ORDER BY financing, number`,
        [financings.map(toBytes)],
      ),
    ({ financing }) => toHex(financing),
  );

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** In the order of their receipt. */
  async of(financing: Hex): Promise<Repayment[]> {
    return (await this.rows.of([financing])).map(({ number, amount, reference, received_at }) => {
      return { number, amount, reference, receivedAt: Number(received_at) };
    });
  }

  async add(financing: Hex, { number, amount, reference, receivedAt }: Repayment): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO financing_repayments (financing, number, amount, reference, received_at) VALUES ($1, $2, $3, $4, $5)`,
      [toBytes(financing), number, amount, reference, receivedAt],
    );
  }
}
