import { Injectable } from '@nestjs/common';
import { Lookup, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** Who is behind the one-time accounts that hold parts of splits, by certificates that this member has checked. */
@Injectable()
export class PartHolders {
  private readonly told = new Lookup<Hex, { receivable: Hex; account: Hex; member: number }>(
    async (receivables) => {
      const rows = await this.unitOfWork.manager.query<{ receivable: Buffer; account: Buffer; member: string }[]>(
        'SELECT receivable, account, member FROM receivable_part_holders WHERE receivable = ANY($1)',
        [receivables.map(toBytes)],
      );
      return rows.map(({ receivable, account, member }) => {
        return { receivable: toHex(receivable), account: toHex(account), member: Number(member) };
      });
    },
    ({ receivable }) => receivable,
  );

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async keep(receivable: Hex, account: Hex, member: number): Promise<void> {
    await this.unitOfWork.manager.query(
      'INSERT INTO receivable_part_holders (receivable, account, member) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [toBytes(receivable), toBytes(account), member],
    );
  }

  /** Member number behind the account that holds a part; undefined where this member was not told. */
  async of({ id, holder }: { readonly id: Hex; readonly holder: Hex }): Promise<number | undefined> {
    return (await this.told.of([id])).find(({ account }) => account === holder)?.member;
  }

  /** Whether a member holds, as far as this one was told, a part born from the order. */
  async holdsOf(order: Hex, member: number): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      `SELECT 1 FROM receivable_part_holders h
       JOIN chain_receivables r ON r.id = h.receivable AND r.holder = h.account
       JOIN chain_receivable_orders o ON o.receivable = r.id
       WHERE o.order_id = $1 AND h.member = $2 LIMIT 1`,
      [toBytes(order), member],
    );
    return rows.length > 0;
  }
}
