import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { toMinorUnits } from '../../kernel/money.js';
import { bankEntryConflict } from '../domain/problems.js';
import type { BankEntry } from '../domain/camt-054.js';

/** Movements that were taken as payments. All within the current unit of work. */
@Injectable()
export class BankEntryStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * False when it was taken before, unless what came of it failed; of two at once the second waits for the first. Refuses with
   * BANK_ENTRY_CONFLICT what was taken with another amount: one of the two would be lost, or counted twice.
   */
  async take(entry: BankEntry, receivable: Hex): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      `INSERT INTO bank_entries (key, receivable, amount) VALUES ($1, $2, $3)
       ON CONFLICT (key, receivable) DO UPDATE SET amount = EXCLUDED.amount, payment = NULL, submission = NULL, at = now()
         WHERE EXISTS (SELECT 1 FROM submissions s
           WHERE s.id = bank_entries.submission AND s.status IN ('REFUSED', 'REVERTED'))
       RETURNING 1`,
      [keyOf(entry), toBytes(receivable), amountOf(entry)],
    );
    if (rows.length > 0) return true;
    await this.requireSame(entry, receivable);
    return false;
  }

  /** Says what a movement was taken as: the payment, by its root, and the submission that says so on chain; null of one made by hand. */
  async note(entry: BankEntry, receivable: Hex, payment: Hex, submission: string | null): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE bank_entries SET payment = $3, submission = $4 WHERE key = $1 AND receivable = $2',
      [keyOf(entry), toBytes(receivable), toBytes(payment), submission],
    );
  }

  /** Those of the payments, by their roots, that no movement was taken as. */
  async untaken(receivable: Hex, payments: readonly Hex[]): Promise<Hex[]> {
    const rows = await this.unitOfWork.manager.query<{ payment: Buffer }[]>(
      'SELECT payment FROM bank_entries WHERE receivable = $1 AND payment = ANY($2)',
      [toBytes(receivable), payments.map(toBytes)],
    );
    const taken = new Set(rows.map(({ payment }) => toHex(payment)));
    return payments.filter((payment) => !taken.has(payment));
  }

  /** The receivable whose id begins so; undefined when none does, or several. */
  async receivable(prefix: Hex): Promise<Hex | undefined> {
    const rows = await this.unitOfWork.manager.query<{ id: Buffer }[]>(
      'SELECT id FROM chain_receivables WHERE id >= $1 AND substring(id FROM 1 FOR 16) = $1 ORDER BY id LIMIT 2',
      [toBytes(prefix)],
    );
    return rows.length === 1 ? toHex(rows[0]!.id) : undefined;
  }

  private async requireSame(entry: BankEntry, receivable: Hex): Promise<void> {
    const [row] = await this.unitOfWork.manager.query<{ amount: string | null }[]>(
      'SELECT amount FROM bank_entries WHERE key = $1 AND receivable = $2',
      [keyOf(entry), toBytes(receivable)],
    );
    if (!row?.amount || row.amount === amountOf(entry)) return;
    const { bankReference } = entry;
    throw bankEntryConflict('the bank’s reference came before with another amount', { receivable, bankReference });
  }
}

/** With the receivable it tells movements apart: references of banks are not always their own. */
const keyOf = ({ account, direction, bankReference, bookedOn }: BankEntry): Buffer =>
  createHash('sha256')
    .update([account, direction, bankReference, ...(bookedOn === undefined ? [] : [bookedOn])].join('\n'))
    .digest();

/** The same for the same money, however it is written. */
const amountOf = ({ amount: { amount, currency } }: BankEntry): string =>
  `${toMinorUnits(amount, currency)} ${currency}`;
