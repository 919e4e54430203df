import { Injectable } from '@nestjs/common';
import { documentOf, importDocument, makeStatement } from '../../documents/index.js';
import type { StatementKind } from '../../documents/model/index.js';
import type { ReceivedEnvelope } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { positiveMoney } from '../../kernel/money.js';
import type { DocumentBody } from '../../orders/index.js';
import type { Receivable } from '../domain/receivable.js';
import { requireContent } from '../domain/statement-contents.js';
import { ReceivableAccess } from '../queries/receivable-access.js';
import { Receivables } from '../queries/receivables.js';
import { Audience, type Saying } from './audience.js';
import { creditNoteSaying, isBetweenParties } from './between-parties.js';
import type { StatementBody } from './envelopes.js';
import { type Paper, Papers, subjectOf } from './papers.js';

/**
 * Takes in what a party said of a receivable, if it comes to a root that the chain has of it: who sent it matters not.
 * It is passed on to those whom the sender may not know of. What is between its parties nobody else keeps, whoever sent it.
 */
@Injectable()
export class ReceivedStatements {
  constructor(
    private readonly receivables: Receivables,
    private readonly papers: Papers,
    private readonly access: ReceivableAccess,
    private readonly audience: Audience,
  ) {}

  /** False if it was here, others may pass on what its author has sent too, or is not kept. */
  async takeStatement(
    { from, type, object, body }: ReceivedEnvelope<StatementBody>,
    kind: StatementKind,
    roots: readonly (Hex | null)[],
  ): Promise<boolean> {
    requireContent(kind, body.content);
    const receivable = await this.receivables.get(object);
    const document = makeStatement(kind, body.content);
    const paper = this.papers.rebuild(subjectOf(receivable), document, body.seed);
    return this.take(receivable, paper, roots, from.id, { type, body, betweenParties: isBetweenParties(type) });
  }

  async takeCreditNote({ from, object, body }: ReceivedEnvelope<DocumentBody>, roots: readonly Hex[]): Promise<void> {
    const receivable = await this.receivables.get(object);
    const imported = importDocument(Buffer.from(body.document, 'base64'), body.mediaType, { kind: 'CREDIT_NOTE' });
    const document = documentOf(imported, 'CREDIT_NOTE');
    positiveMoney(document.model);
    const paper = this.papers.rebuild(subjectOf(receivable), document, body.seed);
    await this.take(receivable, paper, roots, from.id, creditNoteSaying(receivable, paper, body));
  }

  private async take(
    receivable: Receivable,
    paper: Paper,
    roots: readonly (Hex | null)[],
    from: number,
    saying: Saying,
  ): Promise<boolean> {
    if (saying.betweenParties && !(await this.access.isParty(receivable))) return false;
    const isNew = await this.papers.take(subjectOf(receivable), paper, roots);
    await this.audience.passOn(receivable, from, saying);
    return isNew;
  }
}
