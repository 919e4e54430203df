import { Injectable } from '@nestjs/common';
import { CommittedFields, type Receivable, Receivables } from '../../receivables/index.js';
import { noticeNotReceived } from '../../receivables/domain/problems.js';
import { Notices } from '../../receivables/storage/notices.js';
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
    const said = await this.fields.of([{ root: notice.root, object: id }]);
    return { iban: ibanIn(said.get(notice.root)?.get('/instruction') ?? '') };
  }
}
