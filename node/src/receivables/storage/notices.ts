import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** Who told this obligor that a receivable was assigned or pledged to it: the lender behind a one-time account. */
export interface Notice {
  readonly receivable: Hex;
  /** Member number. */
  readonly lender: number;
  readonly account: Hex;
  /** Of the notice's fields. */
  readonly root: Hex;
}

/** Notices that lenders sent to this member as obligor. */
@Injectable()
export class Notices {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async keep({ receivable, lender, account, root }: Notice): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO receivable_notices (receivable, lender, account, root) VALUES ($1, $2, $3, $4)
       ON CONFLICT (receivable, account) DO UPDATE SET root = EXCLUDED.root`,
      [toBytes(receivable), lender, toBytes(account), toBytes(root)],
    );
  }

  /** The notice of the lender that acts under this account. */
  async of(receivable: Hex, account: Hex): Promise<Notice | undefined> {
    const [row] = await this.unitOfWork.manager.query<{ lender: string; root: Buffer }[]>(
      'SELECT lender, root FROM receivable_notices WHERE receivable = $1 AND account = $2',
      [toBytes(receivable), toBytes(account)],
    );
    return row && { receivable, account, lender: Number(row.lender), root: toHex(row.root) };
  }
}
