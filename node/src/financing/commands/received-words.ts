import { Injectable } from '@nestjs/common';
import { makeStatement } from '../../documents/index.js';
import type { StatementKind } from '../../documents/model/index.js';
import type { ReceivedEnvelope } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { requireContent } from '../../receivables/domain/statement-contents.js';
import { type Encumbrance, Papers, type StatementBody } from '../../receivables/index.js';
import type { Side } from '../domain/financing.js';
import { Counterparty } from '../queries/counterparty.js';
import { FinancingPapers } from './financing-papers.js';

/** Which statement is taken in, where, and which of the chain's commitments it has to open. */
export interface Word {
  readonly kind: StatementKind;
  /** The side that takes it in. */
  readonly side: Side;
  readonly root: (encumbrance: Encumbrance) => Hex | null;
}

/** Takes in what the other side of a financing said of it on chain. */
@Injectable()
export class ReceivedWords {
  constructor(
    private readonly counterparty: Counterparty,
    private readonly about: FinancingPapers,
    private readonly papers: Papers,
  ) {}

  /** Throws FINANCING_UNKNOWN, STATEMENT_INVALID, RECEIVABLE_COMMITMENT_MISMATCH. */
  async take({ from, object: id, body }: ReceivedEnvelope<StatementBody>, { kind, side, root }: Word): Promise<void> {
    const { financing, encumbrance } = await this.counterparty.require(id, side, from.id);
    requireContent(kind, body.content);
    const subject = await this.about.subject(financing);
    const paper = this.papers.rebuild(subject, makeStatement(kind, body.content), body.seed);
    await this.papers.take(subject, paper, [encumbrance ? root(encumbrance) : null]);
  }
}
