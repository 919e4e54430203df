import { Injectable } from '@nestjs/common';
import type { StatementModel } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import type { Address } from '../../kernel/ids.js';
import { ReceivableDesk, type StatementBody } from '../../receivables/index.js';
import type { Position } from '../queries/positions.js';
import type { FinancingAnswer } from './agree.js';
import { FinancingPapers, type FinancingStatement } from './financing-papers.js';

/** What one side of a financing says on chain, by a call that takes the object and the statement's root. */
export interface StatementAct {
  readonly kind: StatementModel['kind'];
  readonly content: FinancingStatement['content'];
  /** In the room's words, e.g. `callRecourse`. */
  readonly act: string;
  readonly fn: 'contestDisbursement' | 'callRecourse' | 'acknowledgeRepurchase' | 'demandRelease';
  /** Of the envelope in which the other side gets the statement. */
  readonly type: string;
}

/** Says something of a financing on chain, and what it is to the other side alone. */
@Injectable()
export class StatementActs {
  constructor(
    private readonly papers: FinancingPapers,
    private readonly desk: ReceivableDesk,
    private readonly exchange: Exchange,
  ) {}

  /** Within the current unit of work; the envelope waits for the inclusion. */
  async make(
    position: Position,
    account: Address,
    { kind, content, act, fn, type }: StatementAct,
  ): Promise<FinancingAnswer> {
    const { id, object, onOrder } = position.financing;
    const { root, seed } = await this.papers.write(position, kind, { financing: id, ...content });
    const subject = onOrder ? 'order' : 'receivable';
    const submission = await this.desk.submit({ act, object, fn, args: [object, root], account, subject });
    await this.tell(position, type, { content: { financing: id, ...content }, seed }, submission);
    return { id, submission };
  }

  /** Sends a statement to the other side once the submission is included. */
  async tell({ financing }: Position, type: string, body: StatementBody, after: string): Promise<void> {
    const { id, side, holder, lender } = financing;
    await this.exchange.send({ to: side === 'LENDER' ? holder : lender, type, object: id, body, after });
  }
}

/** The reason of a statement, if one was given. */
export const because = (reason: string | undefined): { reason?: string } => (reason === undefined ? {} : { reason });
