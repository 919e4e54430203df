import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { BankEntry } from '../domain/camt-054.js';

/** Movements that were taken as payments. All within the current unit of work. */
@Injectable()
export class BankEntryStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** False when it was taken before; of two at once the second waits for the first. */
  async take({ account, direction, bankReference }: BankEntry, receivable: Hex): Promise<boolean> {
    const key = createHash('sha256').update([account, direction, bankReference].join('\n')).digest();
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      'INSERT INTO bank_entries (key, receivable) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
      [key, toBytes(receivable)],
    );
    return rows.length > 0;
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
