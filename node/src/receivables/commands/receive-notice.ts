import { makeStatement } from '../../documents/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { Problem } from '../../kernel/problem.js';
import type { OneTimeCertificate } from '../../members/domain/one-time-certificate.js';
import { OneTimeAccounts } from '../../members/index.js';
import { oneTimeAccountUncertified } from '../../members/domain/problems.js';
import type { Encumbrance } from '../domain/receivable.js';
import { EncumbranceStore } from '../storage/encumbrance.store.js';
import { Notices } from '../storage/notices.js';
import { Receivables } from '../queries/receivables.js';
import { type NoticeBody, noticeBody } from './envelopes.js';
import { Papers, subjectOf } from './papers.js';

/** Takes in a lender's notice: who it is that acts under the one-time account on chain, proven by its certificate. */
@EnvelopeHandler('receivable.notice', { body: noticeBody, fromSuspended: true })
export class ReceiveNotice implements EnvelopeProcessor<NoticeBody> {
  constructor(
    private readonly receivables: Receivables,
    private readonly encumbrances: EncumbranceStore,
    private readonly accounts: OneTimeAccounts,
    private readonly papers: Papers,
    private readonly notices: Notices,
  ) {}

  async handle({ from, object, body }: ReceivedEnvelope<NoticeBody>): Promise<void> {
    const receivable = await this.receivables.get(object);
    const { certificate, content, seed } = body;
    const { account, member } = certificate;
    const noticed = (await this.encumbrances.history(object)).filter((each) => each.lender === account && each.notice);
    const paper = this.papers.rebuild(subjectOf(receivable), makeStatement('NOTICE', content), seed);
    // A lender that finances it again gives notice again, under the same account.
    const encumbrance = noticed.find(({ notice }) => notice === paper.root) ?? noticed.at(-1);
    if (!encumbrance || member !== from.id || certificate.object !== object) {
      throw oneTimeAccountUncertified('the certificate is not of the account that gave notice on chain', {
        account,
        object,
        member,
      });
    }
    await this.requireCertified(certificate, encumbrance);
    await this.papers.take(subjectOf(receivable), paper, [encumbrance.notice]);
    await this.notices.keep({ receivable: object, lender: from.id, account, root: paper.root });
  }

  /** By the operator of when it was reserved, of when notice was given, or of now (rule 7). */
  private async requireCertified(certificate: OneTimeCertificate, { reserved, notified }: Encumbrance): Promise<void> {
    const refusals: unknown[] = [];
    for (const block of [reserved.block, notified?.block, undefined]) {
      try {
        return void (await this.accounts.check(certificate, block));
      } catch (error) {
        if (!(error instanceof Problem && error.code === 'ONE_TIME_ACCOUNT_UNCERTIFIED')) throw error;
        refusals.push(error);
      }
    }
    throw refusals.at(-1);
  }
}
