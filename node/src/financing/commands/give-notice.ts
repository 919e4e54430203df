import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Members, OneTimeAccounts } from '../../members/index.js';
import { type NoticeBody, ReceivableDesk, Receivables } from '../../receivables/index.js';
import type { FinancingAnswer } from './agree.js';
import { FinancingPapers } from './financing-papers.js';
import { LenderActs } from './lender-acts.js';

/** The lender tells the obligor whom to pay. */
@Injectable()
export class GiveNotice {
  constructor(
    private readonly acts: LenderActs,
    private readonly papers: FinancingPapers,
    private readonly receivables: Receivables,
    private readonly members: Members,
    private readonly accounts: OneTimeAccounts,
    private readonly desk: ReceivableDesk,
    private readonly exchange: Exchange,
  ) {}

  /** `instruction`: how to pay, for the obligor alone. Refuses with ENCUMBRANCE_ON_ORDER, NOTICE_ALREADY_GIVEN. */
  async run(id: Hex, instruction?: string): Promise<FinancingAnswer> {
    const position = await this.acts.begin(id, 'notify');
    const { financing, encumbrance, account } = position;
    const { object, onOrder, offer } = financing;
    if (onOrder)
      throw CONTRACT_PROBLEMS.EncumbranceOnOrder('notice redirects payment of a receivable', { order: object });
    if (encumbrance?.notice) throw CONTRACT_PROBLEMS.NoticeAlreadyGiven('notice was given before', { object });
    const { obligor } = await this.receivables.get(object);
    const { name } = await this.members.self();
    const says = { lender: name, encumbrance: offer!.terms.kind, ...(instruction !== undefined && { instruction }) };
    const { content, root, seed } = await this.papers.write(position, 'NOTICE', says);
    const act = 'giveNotice';
    const submission = await this.desk.submit({ act, object, fn: 'notify', args: [object, root], account });
    const body = { content, seed, certificate: await this.accounts.certify(object) } satisfies NoticeBody;
    await this.exchange.send({ to: obligor, type: 'receivable.notice', object, body, after: submission });
    return { id, submission };
  }
}
