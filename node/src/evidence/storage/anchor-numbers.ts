import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';

/** More than a rewind takes back. */
const KEPT = 10_000;

/** An anchoring of this member that the chain has not, with the number that it asks for. */
export interface NumberAhead {
  readonly batch: number;
  readonly submission: string;
}

/** Which number in this member's chain of batches each of its submissions asks for. */
@Injectable()
export class AnchorNumbers {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Number of the member's last batch on chain, as indexed here; 0 before the first. */
  async top(member: number): Promise<number> {
    const [row] = await this.query<{ top: string }>(
      'SELECT coalesce(max(batch), 0) AS top FROM chain_anchors WHERE member = $1',
      [member],
    );
    return Number(row!.top);
  }

  async above(top: number): Promise<NumberAhead[]> {
    const rows = await this.query<{ batch: string; submission: string }>(
      'SELECT batch, submission FROM anchor_numbers WHERE batch > $1',
      [top],
    );
    return rows.map(({ batch, submission }) => ({ batch: Number(batch), submission }));
  }

  /** Forgets those that a rewind can no longer bring back. */
  async add({ batch, submission }: NumberAhead): Promise<void> {
    await this.query('INSERT INTO anchor_numbers (batch, submission) VALUES ($1, $2)', [batch, submission]);
    await this.query('DELETE FROM anchor_numbers WHERE batch < $1', [batch - KEPT]);
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }
}
