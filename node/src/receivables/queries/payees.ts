import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { Address } from '../../kernel/ids.js';
import { noticeNotReceived } from '../domain/problems.js';
import type { Receivable } from '../domain/receivable.js';
import { Notices } from '../storage/notices.js';
import { PartHolders } from '../storage/part-holders.js';
import { Receivables } from './receivables.js';

/** Who is entitled to payment: the lender once notice is acknowledged, else the holder. */
@Injectable()
export class Payees {
  constructor(
    private readonly receivables: Receivables,
    private readonly notices: Notices,
    private readonly holders: PartHolders,
    private readonly keyring: Keyring,
  ) {}

  /** Whether payment goes to a lender. */
  async isLender({ id }: Receivable): Promise<boolean> {
    return (await this.receivables.encumbranceOn(id))?.state === 'NOTIFIED';
  }

  /** The payee's one-time account. */
  async account(receivable: Receivable): Promise<Hex> {
    const encumbrance = await this.receivables.encumbranceOn(receivable.id);
    return encumbrance?.state === 'NOTIFIED' ? encumbrance.lender : receivable.holder;
  }

  /**
   * The payee's member number, as far as the obligor was told: the supplier holds what it issued, others parts of splits. Throws
   * NOTICE_NOT_RECEIVED where payment goes to a lender of which nothing is known here.
   */
  async entitled({ id, holder, supplier }: Receivable): Promise<number> {
    const encumbrance = await this.receivables.encumbranceOn(id);
    if (encumbrance?.state !== 'NOTIFIED') return (await this.holders.of({ id, holder })) ?? supplier;
    const lender = await this.notices.lenderBehind(id, encumbrance.lender);
    if (lender !== undefined) return lender;
    throw noticeNotReceived('whom to pay is not known until it arrives', { receivable: id });
  }

  /** This member's own account, if it is the payee. Throws PAYMENT_NOT_PAYEE. */
  async own(receivable: Receivable): Promise<Address> {
    const [payee, own] = [await this.account(receivable), this.keyring.oneTime(receivable.id).address];
    if (payee === own) return own;
    throw CONTRACT_PROBLEMS.PaymentNotPayee('this member is not the payee of the receivable now', {
      receivable: receivable.id,
    });
  }
}
