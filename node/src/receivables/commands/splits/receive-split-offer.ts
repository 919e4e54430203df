import { Config } from '../../../config/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../../exchange/index.js';
import type { Hex } from '../../../kernel/hex.js';
import { Members } from '../../../members/index.js';
import type { Receivable } from '../../domain/receivable.js';
import { splitAlreadyKnown, splitHolderInvalid, splitTermsMismatch } from '../../domain/split/problems.js';
import type { SplitPart } from '../../domain/split/split.js';
import { Receivables } from '../../queries/receivables.js';
import { Splits } from '../../queries/splits.js';
import { SplitStore } from '../../storage/split.store.js';
import { AnswerSplit } from './answer-split.js';
import { offeredIn, type SplitOfferBody, splitOfferBody } from './envelopes.js';
import { PartsDesk } from './parts-desk.js';

/** Takes in parts that this member is to hold, and accepts them where its standing rule says so. */
@EnvelopeHandler('split.offer', { body: splitOfferBody })
export class ReceiveSplitOffer implements EnvelopeProcessor<SplitOfferBody> {
  constructor(
    private readonly members: Members,
    private readonly receivables: Receivables,
    private readonly desk: PartsDesk,
    private readonly splits: Splits,
    private readonly store: SplitStore,
    private readonly answering: AnswerSplit,
    private readonly config: Config,
  ) {}

  /**
   * Who holds the receivable only its obligor is told; that a stranger's offer comes to nothing is for the chain to see to. Whether
   * it can be split now is for its proposer and its obligor to ask (ADR 0012): a refusal here would be for good, and nobody told.
   */
  async handle({ from, object, body }: ReceivedEnvelope<SplitOfferBody>): Promise<void> {
    const [self, receivable] = await Promise.all([this.members.self(), this.receivables.get(object)]);
    if (self.id === receivable.obligor) throw splitHolderInvalid('this member owes it', { receivable: object });
    const { split: id, coverVersion, expiresAt } = body;
    const row = { id, receivable: object, proposer: from.id, coverVersion, expiresAt, consent: null, refusal: null };
    const parts = body.parts.map((part) => this.partOf(receivable, part, self.id));
    const added = await this.store.add({ ...row, side: 'NEW_HOLDER', status: 'PROPOSED', parts });
    if (!added) throw splitAlreadyKnown('another split has this id', { split: id });
    const position = await this.splits.lock(id);
    const mayBegin = self.active && self.roles.includes('SUPPLIER');
    const standing = this.config.acceptPartsFrom.some((name) => name === '*' || name === from.name);
    if (position.status === 'PROPOSED' && standing && mayBegin) await this.answering.take(position);
  }

  /** Parts are found by their own ids when they are erased. */
  carried(object: Hex, body: unknown): Hex[] {
    return offeredIn(body).map((index) => this.desk.idOf(object, index));
  }

  private partOf(
    parent: Receivable,
    { index, content, seed }: SplitOfferBody['parts'][number],
    holder: number,
  ): SplitPart {
    const { receivable, terms, paper } = this.desk.rebuild(parent, index, { content, seed });
    requireLineage(parent, terms);
    return { index, receivable, holder, terms, seed, root: paper.root, certificate: null, acceptance: null };
  }
}

/** Refuses with SPLIT_TERMS_MISMATCH terms that name another receivable or another confirmation. */
export function requireLineage(
  { id, confirmation }: Receivable,
  { parent, parentConfirmation }: { readonly parent: Hex; readonly parentConfirmation: Hex },
): void {
  if (parent === id && parentConfirmation === confirmation) return;
  const field = parent === id ? '/parentConfirmation' : '/parent';
  throw splitTermsMismatch(`${field} is not the receivable’s`, { receivable: id, field });
}
