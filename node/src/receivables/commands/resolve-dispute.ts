import { Injectable } from '@nestjs/common';
import { makeStatement } from '../../documents/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Statements } from '../queries/statements.js';
import { Audience } from './audience.js';
import type { StatementBody } from './envelopes.js';
import { Papers, subjectOf } from './papers.js';
import { disputeUnknown } from '../domain/problems.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** The obligor closes a dispute. */
@Injectable()
export class ResolveDispute {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly statements: Statements,
    private readonly papers: Papers,
    private readonly audience: Audience,
  ) {}

  /** Answers the dispute's root as its id. Refuses with DISPUTE_UNKNOWN, DISPUTE_NOT_OPEN. */
  async run(id: Hex, entry: number, reason?: string): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'resolveDispute');
    const dispute = (await this.statements.disputes(receivable)).find((each) => each.entry === entry);
    if (!dispute) throw disputeUnknown(`no dispute has the number ${entry}`, { receivable: id, n: entry });
    if (dispute.resolved) {
      throw CONTRACT_PROBLEMS.DisputeNotOpen('the dispute was closed before', { receivable: id, index: entry });
    }
    const content = { dispute: entry, ...(reason !== undefined && { reason }) };
    const { root, seed } = await this.papers.write(subjectOf(receivable), makeStatement('DISPUTE_RESOLUTION', content));
    const act = 'resolveDispute';
    const submission = await this.desk.submit({ act, object: id, fn: act, args: [id, entry, root] });
    const body = { content, seed } satisfies StatementBody;
    await this.audience.tell(receivable, { type: 'dispute.resolution', body, after: submission, betweenParties: true });
    return { id: dispute.root, submission };
  }
}
