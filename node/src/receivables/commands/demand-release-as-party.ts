import { Injectable } from '@nestjs/common';
import { makeStatement } from '../../documents/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { permits } from '../domain/states.js';
import { Receivables } from '../queries/receivables.js';
import { Audience } from './audience.js';
import type { StatementBody } from './envelopes.js';
import { Papers, subjectOf } from './papers.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/**
 * Obligor or supplier demands that the lender of a settled claim release it: it keeps their order from ending. A holder demands
 * it of its financing.
 */
@Injectable()
export class DemandReleaseAsParty {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly receivables: Receivables,
    private readonly members: Members,
    private readonly papers: Papers,
    private readonly audience: Audience,
  ) {}

  /** Refuses with RECEIVABLE_UNAUTHORIZED, RECEIVABLE_NOT_SETTLED, ENCUMBRANCE_INVALID_TRANSITION, RELEASE_ALREADY_DEMANDED. */
  async run(id: Hex, reason: string): Promise<ReceivableAnswer> {
    const [receivable, self] = await Promise.all([this.receivables.get(id), this.members.self()]);
    const { obligor, supplier, status } = receivable;
    if (self.id !== obligor && self.id !== supplier) {
      const facts = { receivable: id, member: self.id };
      throw CONTRACT_PROBLEMS.ReceivableUnauthorized('it is for its obligor and its supplier', facts);
    }
    if (status !== 'SETTLED') {
      throw CONTRACT_PROBLEMS.ReceivableNotSettled(`it is ${status}`, { receivable: id, status });
    }
    const claim = await this.receivables.encumbranceOn(id);
    const state = claim?.state ?? 'NONE';
    if (!permits('demandRelease', status, state)) {
      const facts = { object: id, from: state, to: 'NONE' };
      throw CONTRACT_PROBLEMS.EncumbranceInvalidTransition('no lender has its money out on it', facts);
    }
    if (claim?.releaseDemand) {
      throw CONTRACT_PROBLEMS.ReleaseAlreadyDemanded('it was demanded before', { receivable: id });
    }
    const content = { reason };
    const { root, seed } = await this.papers.write(subjectOf(receivable), makeStatement('RELEASE_DEMAND', content));
    const act = 'demandRelease';
    const submission = await this.desk.submit({ act, object: id, fn: act, args: [id, root] });
    const body = { content, seed } satisfies StatementBody;
    await this.audience.tell(receivable, { type: 'receivable.release-demand', body, after: submission });
    return { id, submission };
  }
}
