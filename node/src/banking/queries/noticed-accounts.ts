import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { CommittedFields, Notices, type Receivable, Receivables } from '../../receivables/index.js';
import { noticeNotReceived } from '../../receivables/domain/problems.js';
import { ibanIn } from '../domain/accounts.js';

/** Where a lender has an obligor pay. */
export interface NoticedAccount {
  /** Undefined when the notice's words name none, or more than one. */
  readonly iban?: string;
}

/** Accounts to which payment goes by notices that this obligor acknowledged. */
@Injectable()
export class NoticedAccounts {
  constructor(
    private readonly receivables: Receivables,
    private readonly notices: Notices,
    private readonly fields: CommittedFields,
  ) {}

  /**
   * By the notice that runs; undefined unless payment goes to a lender. What an earlier notice of the same lender says counts no
   * more. Throws NOTICE_NOT_RECEIVED.
   */
  async of({ id }: Pick<Receivable, 'id'>): Promise<NoticedAccount | undefined> {
    const encumbrance = await this.receivables.encumbranceOn(id);
    if (encumbrance?.state !== 'NOTIFIED') return undefined;
    const notice = await this.notices.of(encumbrance);
    if (!notice) throw noticeNotReceived('whom to pay is not known until it arrives', { receivable: id });
    return { iban: await this.ibanOf(id, notice.root) };
  }

  /** By notices of claims that have ended: money may have been on its way there when they did. */
  async former({ id }: Pick<Receivable, 'id'>): Promise<string[]> {
    const ended = (await this.receivables.encumbranceHistory(id)).filter((claim) => claim.acknowledged && claim.ended);
    const ibans = await Promise.all(
      ended.map(async (claim) => {
        const notice = await this.notices.of(claim);
        return notice && this.ibanOf(id, notice.root);
      }),
    );
    return ibans.filter((iban) => iban !== undefined);
  }

  private async ibanOf(object: Hex, root: Hex): Promise<string | undefined> {
    const said = await this.fields.of([{ root, object }]);
    return ibanIn(said.get(root)?.get('/instruction') ?? '');
  }
}
