import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { TrustFile } from '../verify/trust/schema.js';

/** A change of validators that was followed: the headers that carry it, and the block that is pinned since. */
export interface ValidatorChange {
  readonly headers: readonly Hex[];
  readonly checkpoint: TrustFile['checkpoint'];
}

interface Row {
  readonly checkpoint: TrustFile['checkpoint'];
  readonly headers: Buffer[];
}

/** Changes of the chain's validators, as this node followed them. Rows are never changed. */
@Injectable()
export class ValidatorChangeStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Those pinned after block `number`, in their order. */
  async after(number: number): Promise<ValidatorChange[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      'SELECT checkpoint, headers FROM validator_changes WHERE block > $1 ORDER BY block',
      [number],
    );
    return rows.map(({ checkpoint, headers }) => ({ checkpoint, headers: headers.map(toHex) }));
  }

  /**
   * Keeps a change that follows the pinned block `previous`. Another process may have been faster, and then what it kept stays: false if
   * that is another change, on which nothing of this one's may be built.
   */
  async keep(previous: number, { headers, checkpoint }: ValidatorChange): Promise<boolean> {
    await this.unitOfWork.manager.query(
      `INSERT INTO validator_changes (block, previous, checkpoint, headers) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [checkpoint.number, previous, checkpoint, headers.map(toBytes)],
    );
    const kept = await this.unitOfWork.manager.query<object[]>(
      'SELECT FROM validator_changes WHERE block = $1 AND previous = $2',
      [checkpoint.number, previous],
    );
    return kept.length > 0;
  }
}
