import { Excerpts, narrow, verifyDisclosure } from '../../documents/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { positiveMoney } from '../../kernel/money.js';
import { receivableCommitmentMismatch } from '../domain/problems.js';
import { ReceivableAccess } from '../queries/receivable-access.js';
import { Receivables } from '../queries/receivables.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';
import { EXCERPT } from './between-parties.js';
import { type CreditNoteExcerptBody, creditNoteExcerptBody } from './envelopes.js';

/** Takes in by how much a part of this member's was credited. Its lenders are shown it as all else that lowers cover. */
@EnvelopeHandler('credit-note.excerpt', { body: creditNoteExcerptBody, fromSuspended: true })
export class ReceiveCreditNoteExcerpt implements EnvelopeProcessor<CreditNoteExcerptBody> {
  constructor(
    private readonly receivables: Receivables,
    private readonly access: ReceivableAccess,
    private readonly log: ReceivableLogStore,
    private readonly excerpts: Excerpts,
  ) {}

  /**
   * Refuses with RECEIVABLE_COMMITMENT_MISMATCH what opens no credit note that the chain has of it, AMOUNT_INVALID, CURRENCY_UNKNOWN,
   * DISCLOSURE_FIELD_MISSING.
   */
  async handle({ object, body: { root, disclosure } }: ReceivedEnvelope<CreditNoteExcerptBody>): Promise<void> {
    const receivable = await this.receivables.get(object);
    if (!(await this.access.isParty(receivable))) return;
    const expected = (await this.log.creditNotes([object])).map(({ commitment }) => commitment);
    const verdict = verifyDisclosure(disclosure, root);
    if (!expected.includes(root) || !verdict.valid || verdict.fields.get('/kind') !== 'CREDIT_NOTE') {
      throw receivableCommitmentMismatch('it opens no credit note that the chain has', { root, expected });
    }
    const said = (path: string): string => verdict.fields.get(path) ?? '';
    positiveMoney({ amount: said('/amount'), currency: said('/currency') });
    // More than that is not for its lenders, who take in nothing beyond their grant.
    await this.excerpts.keep({ root, object, kind: 'CREDIT_NOTE', disclosure: narrow(disclosure, EXCERPT) });
  }
}
