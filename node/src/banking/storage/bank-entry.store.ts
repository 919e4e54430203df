import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { BankEntry } from '../domain/camt-054.js';

/** Movements that were taken as payments. All within the current unit of work. */
@Injectable()
export class BankEntryStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** False when it was taken before, unless what came of it failed; of two at once the second waits for the first. */
  async take(entry: BankEntry, receivable: Hex): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      `INSERT INTO bank_entries (key, receivable) VALUES ($1, $2)
       ON CONFLICT (key) DO UPDATE SET receivable = EXCLUDED.receivable, payment = NULL, submission = NULL, at = now()
         WHERE EXISTS (SELECT 1 FROM submissions s
           WHERE s.id = bank_entries.submission AND s.status IN ('REFUSED', 'REVERTED'))
       RETURNING 1`,
      [keyOf(entry), toBytes(receivable)],
    );
    return rows.length > 0;
  }

  /** Says what a movement was taken as: the payment, by its root, and the submission that says so on chain. */
  async note(entry: BankEntry, payment: Hex, submission: string): Promise<void> {
    await this.unitOfWork.manager.query('UPDATE bank_entries SET payment = $2, submission = $3 WHERE key = $1', [
      keyOf(entry),
      toBytes(payment),
      submission,
    ]);
  }

  /** The receivable whose id begins so; undefined when none does, or several. */
  async receivable(prefix: Hex): Promise<Hex | undefined> {
    const rows = await this.unitOfWork.manager.query<{ id: Buffer }[]>(
      'SELECT id FROM chain_receivables WHERE id >= $1 AND substring(id FROM 1 FOR 16) = $1 ORDER BY id LIMIT 2',
      [toBytes(prefix)],
    );
    return rows.length === 1 ? toHex(rows[0]!.id) : undefined;
  }
}

const keyOf = ({ account, direction, bankReference }: BankEntry): Buffer =>
  createHash('sha256').update([account, direction, bankReference].join('\n')).digest();
