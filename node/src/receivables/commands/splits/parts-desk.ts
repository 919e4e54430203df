import { Injectable } from '@nestjs/common';
import { Keyring, RegistryDomains } from '../../../chain/index.js';
import { makeStatement } from '../../../documents/index.js';
import { CONTRACT_PROBLEMS } from '../../../kernel/contract-errors.generated.js';
import type { Hex } from '../../../kernel/hex.js';
import { type OneTimeCertificate, OneTimeAccounts } from '../../../members/index.js';
import { oneTimeAccountUncertified } from '../../../members/domain/problems.js';
import type { Receivable } from '../../domain/receivable.js';
import type { SignedConsent } from '../../domain/signed-consent.js';
import { acceptDetails, partIdOf } from '../../domain/split/part-id.js';
import type { PartTerms } from '../../domain/split/part-terms.js';
import type { Split, SplitPart } from '../../domain/split/split.js';
import { requireContent } from '../../domain/statement-contents.js';
import { ConsentDesk } from '../consent-desk.js';
import type { StatementBody } from '../envelopes.js';
import { type Paper, Papers, type PaperSubject } from '../papers.js';

/** A part's document and what it is of. */
export interface PartPaper {
  readonly receivable: Hex;
  readonly terms: PartTerms;
  readonly paper: Paper;
}

/** What all sides do with parts: their documents, their ids, and new holders' acceptances. */
@Injectable()
export class PartsDesk {
  constructor(
    private readonly papers: Papers,
    private readonly consents: ConsentDesk,
    private readonly accounts: OneTimeAccounts,
    private readonly keyring: Keyring,
    private readonly domains: RegistryDomains,
  ) {}

  idOf(parent: Hex, index: number): Hex {
    return partIdOf(this.domains.of('ReceivableRegistry'), parent, index);
  }

  /** Commits to a part's terms and keeps them, within the current unit of work. */
  async write(parent: Receivable, index: number, terms: PartTerms): Promise<PartPaper> {
    const receivable = this.idOf(parent.id, index);
    const paper = await this.papers.write(subjectOf(parent, receivable), makeStatement('PART', { ...terms }));
    return { receivable, terms, paper };
  }

  /** A part's document as another member sent it. Refuses with STATEMENT_INVALID. */
  rebuild(parent: Receivable, index: number, { content, seed }: StatementBody): PartPaper {
    requireContent('PART', content);
    const receivable = this.idOf(parent.id, index);
    const { amount, currency, dueDate, covered, parent: of, parentConfirmation, has } = content as unknown as PartTerms;
    const terms = { amount, currency, dueDate, covered, parent: of, parentConfirmation, has };
    const paper = this.papers.rebuild(subjectOf(parent, receivable), makeStatement('PART', { ...terms }), seed);
    return { receivable, terms, paper };
  }

  /** Keeps what another member sent, within the current unit of work. */
  async keep(parent: Receivable, { receivable, paper }: PartPaper): Promise<void> {
    await this.papers.take(subjectOf(parent, receivable), paper, [paper.root]);
  }

  /** This member takes a part: its account for it, certified, and its consent. */
  async accept({ receivable: parent, coverVersion, expiresAt }: Split, part: SplitPart): Promise<SplitPart> {
    const { receivable, root } = part;
    const account = this.keyring.oneTime(receivable);
    const details = acceptDetails(parent, { receivable, holder: account.address, root });
    const given = { deadline: expiresAt, coverVersion };
    const acceptance = await this.consents.give(account, { object: parent, act: 'ACCEPT', details }, given);
    return { ...part, certificate: await this.accounts.certify(receivable), acceptance };
  }

  /** Refuses with ONE_TIME_ACCOUNT_UNCERTIFIED or CONSENT_INVALID_SIGNATURE unless the member takes just that part by an account of its own. */
  async requireAccepted(
    parent: Hex,
    { receivable, root, holder }: Pick<SplitPart, 'receivable' | 'root' | 'holder'>,
    certificate: OneTimeCertificate,
    acceptance: SignedConsent,
  ): Promise<void> {
    const { account, object, member } = certificate;
    if (object !== receivable || member !== holder) {
      throw oneTimeAccountUncertified('the certificate is not of the part’s new holder', { account, object, member });
    }
    await this.accounts.check(certificate);
    if (acceptance.signer !== account) {
      throw CONTRACT_PROBLEMS.ConsentWrongSigner('another account accepts than is certified', { receivable });
    }
    const details = acceptDetails(parent, { receivable, holder: account, root });
    this.consents.require({ object: parent, act: 'ACCEPT', details }, acceptance);
  }
}

const subjectOf = ({ orders }: Receivable, receivable: Hex): PaperSubject => ({ orders, receivable });
