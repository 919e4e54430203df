import { Injectable } from '@nestjs/common';
import { Lookup, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Encumbrance } from '../domain/receivable.js';

/** Who told this obligor that a receivable was assigned or pledged to it: the lender behind a one-time account. */
export interface Notice {
  readonly receivable: Hex;
  /** Member number. */
  readonly lender: number;
  readonly account: Hex;
  /** Of the notice's fields. */
  readonly root: Hex;
}

interface Row {
  readonly receivable: Buffer;
  readonly lender: string;
  readonly account: Buffer;
  readonly root: Buffer;
}

/** Notices that lenders sent to this member as obligor. */
@Injectable()
export class Notices {
  private readonly notices = new Lookup<Hex, Notice>(
    async (receivables) => {
      const rows = await this.unitOfWork.manager.query<Row[]>(
        'SELECT receivable, lender, account, root FROM receivable_notices WHERE receivable = ANY($1)',
        [receivables.map(toBytes)],
      );
      return rows.map(({ receivable, lender, account, root }) => {
        return { receivable: toHex(receivable), lender: Number(lender), account: toHex(account), root: toHex(root) };
      });
    },
    ({ receivable }) => receivable,
  );

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async keep({ receivable, lender, account, root }: Notice): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO receivable_notices (receivable, lender, account, root) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [toBytes(receivable), lender, toBytes(account), toBytes(root)],
    );
  }

  /** The notice that an encumbrance bears on chain, if it arrived: a lender may have given others of claims that ended. */
  async of({ object, notice: root }: Pick<Encumbrance, 'object' | 'notice'>): Promise<Notice | undefined> {
    return (await this.notices.of([object])).find((notice) => notice.root === root);
  }

  /** Number of the member behind a one-time account, if it ever gave notice. */
  async lenderBehind(receivable: Hex, account: Hex): Promise<number | undefined> {
    return (await this.notices.of([receivable])).find((notice) => notice.account === account)?.lender;
  }
}
