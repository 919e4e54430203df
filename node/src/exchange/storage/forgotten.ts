import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';

/** Whether any of these was erased here. */
export const isForgotten = (ids: string): string =>
  `EXISTS (SELECT FROM exchange_forgotten f WHERE f.id = ANY(${ids}))`;

/** A condition that always holds, and takes the lock of {@link Forgotten.hold} for its statement's unit of work. */
export const HELD = 'NOT EXISTS (SELECT FROM exchange_forgotten WHERE false FOR KEY SHARE)';

/**
 * What was erased here. Whoever writes a letter down shares the table's lock until its unit of work ends, and an erasure has it
 * alone: one waits for the other, and what comes second sees what came first. Those who share it do not wait for each other.
 */
@Injectable()
export class Forgotten {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Until the current unit of work ends nothing is erased. A unit that sees all as of one moment begins with it: it takes no snapshot. */
  async hold(): Promise<void> {
    await this.unitOfWork.manager.query('LOCK TABLE exchange_forgotten IN ROW SHARE MODE');
  }

  /** Notes what is being erased; waits for whoever {@link hold}s, and they for the end of the current unit of work. */
  async add(ids: readonly Hex[]): Promise<void> {
    await this.unitOfWork.manager.query('LOCK TABLE exchange_forgotten IN EXCLUSIVE MODE');
    await this.unitOfWork.manager.query(
      'INSERT INTO exchange_forgotten SELECT unnest($1::bytea[]) ON CONFLICT DO NOTHING',
      [ids.map(toBytes)],
    );
  }
}
