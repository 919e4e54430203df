import { Injectable } from '@nestjs/common';
import type { CreditNoteModel, TradeDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { toDocumentBody } from '../../orders/index.js';
import { Audience } from './audience.js';
import { creditNoteSaying } from './between-parties.js';
import { CreditNoteRules } from './credit-note-rules.js';
import { OtherCreditNotes } from './other-credit-notes.js';
import { Papers, subjectOf } from './papers.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** The supplier credits: cover falls at once, the debt by the confirmation's terms (rule 3). */
@Injectable()
export class IssueCreditNote {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly rules: CreditNoteRules,
    private readonly others: OtherCreditNotes,
    private readonly papers: Papers,
    private readonly audience: Audience,
  ) {}

  /** Answers the credit note's root as its id. Refuses what {@link CreditNoteRules} and {@link OtherCreditNotes} refuse. */
  async run(id: Hex, document: TradeDocument<CreditNoteModel>): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'issueCreditNote');
    await this.rules.require(receivable, document.model);
    await this.others.requireNone(receivable, document.model);
    const paper = await this.papers.write(subjectOf(receivable), document);
    const { root, seed } = paper;
    const act = 'issueCreditNote';
    const submission = await this.desk.submit({ act, object: id, fn: act, args: [id, root] });
    const saying = creditNoteSaying(receivable, paper, toDocumentBody(document, seed));
    await this.audience.tell(receivable, { ...saying, after: submission });
    return { id: root, submission };
  }
}
