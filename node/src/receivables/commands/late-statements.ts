import { Injectable } from '@nestjs/common';
import { makeStatement } from '../../documents/index.js';
import type { Address } from '../../kernel/ids.js';
import type { Receivable } from '../domain/receivable.js';
import { Audience } from './audience.js';
import type { StatementBody } from './envelopes.js';
import { Papers, subjectOf } from './papers.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** What the payee says of a claim that is not paid. */
export interface LateStatement {
  readonly kind: 'OVERDUE' | 'DEFAULT';
  readonly fn: 'markOverdue' | 'markDefaulted';
  /** The payee's one-time account. */
  readonly account: Address;
  /** ISO date. */
  readonly dueDate: string;
  readonly reason?: string;
}

/** Puts what the payee says of an unpaid claim into its log, and tells all whom it concerns. */
@Injectable()
export class LateStatements {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly papers: Papers,
    private readonly audience: Audience,
  ) {}

  /** Within the current unit of work. */
  async make(receivable: Receivable, { kind, fn, account, dueDate, reason }: LateStatement): Promise<ReceivableAnswer> {
    const { id } = receivable;
    const content = { dueDate, ...(reason !== undefined && { reason }) };
    const { root, seed } = await this.papers.write(subjectOf(receivable), makeStatement(kind, content));
    const submission = await this.desk.submit({ act: fn, object: id, fn, args: [id, root], account });
    const body = { content, seed } satisfies StatementBody;
    await this.audience.tell(receivable, { type: `receivable.${kind.toLowerCase()}`, body, after: submission });
    return { id, submission };
  }
}
