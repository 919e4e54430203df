import { Injectable } from '@nestjs/common';
import { Lookup, statement, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Repayment } from '../domain/financing.js';

interface Row {
  readonly financing: Buffer;
  readonly number: number;
  readonly amount: string;
  readonly reference: string;
  readonly received_at: string;
}

const OF_FINANCINGS = statement(`
  SELECT financing, number, amount, reference, received_at FROM financing_repayments r
  WHERE financing = ANY($1) AND NOT EXISTS (SELECT 1 FROM submissions s
    WHERE s.id = r.acknowledgement AND s.status IN ('REFUSED', 'REVERTED'))
  ORDER BY financing, number`);

/** Repayments as the lender records them and tells the holder. */
@Injectable()
export class RepaymentStore {
  private readonly rows = new Lookup<Hex, Row>(
    (financings) => this.unitOfWork.read<Row>(OF_FINANCINGS, [financings.map(toBytes)]),
    ({ financing }) => toHex(financing),
  );

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** In the order of their receipt; without those that rest on an acknowledgement which failed. */
  async of(financing: Hex): Promise<Repayment[]> {
    return (await this.rows.of([financing])).map(({ number, amount, reference, received_at }) => {
      return { number, amount, reference, receivedAt: Number(received_at) };
    });
  }

  /** The number after the last that was ever given. */
  async nextNumber(financing: Hex): Promise<number> {
    const [row] = await this.unitOfWork.manager.query<{ last: number | null }[]>(
      'SELECT max(number) AS last FROM financing_repayments WHERE financing = $1',
      [toBytes(financing)],
    );
    return (row?.last ?? 0) + 1;
  }

  /** `acknowledgement` is the submission that it rests on, if any. */
  async add(financing: Hex, repayment: Repayment, acknowledgement?: string): Promise<void> {
    await this.insert(financing, repayment, acknowledgement ?? null);
  }

  /**
   * At the holder, what the lender says. Under a number that it gave before it counts in place of that: it is the lender's book, which may have
   * been restored from a backup that lacks the earlier one.
   */
  async take(financing: Hex, repayment: Repayment): Promise<void> {
    const replacing = `ON CONFLICT (financing, number) DO UPDATE
      SET amount = EXCLUDED.amount, reference = EXCLUDED.reference, received_at = EXCLUDED.received_at`;
    await this.insert(financing, repayment, null, replacing);
  }

  private async insert(
    financing: Hex,
    { number, amount, reference, receivedAt }: Repayment,
    acknowledgement: string | null,
    onConflict = '',
  ): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO financing_repayments (financing, number, amount, reference, received_at, acknowledgement)
       VALUES ($1, $2, $3, $4, $5, $6) ${onConflict}`,
      [toBytes(financing), number, amount, reference, receivedAt, acknowledgement],
    );
  }
}
