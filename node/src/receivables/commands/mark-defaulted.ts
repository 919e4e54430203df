import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { requireUnmarked } from '../domain/lateness.js';
import { Payees } from '../queries/payees.js';
import { Undertakings } from '../queries/undertakings.js';
import { LateStatements } from './late-statements.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** The payee entitled says that what is overdue will not be paid. */
@Injectable()
export class MarkDefaulted {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly payees: Payees,
    private readonly undertakings: Undertakings,
    private readonly statements: LateStatements,
  ) {}

  /** Refuses with PAYMENT_NOT_PAYEE, RECEIVABLE_NOT_OVERDUE unless that was said before, RECEIVABLE_ALREADY_MARKED. */
  async run(id: Hex, reason?: string): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'markDefaulted');
    const account = await this.payees.own(receivable);
    requireUnmarked(receivable, 'DEFAULTED');
    if (!receivable.marks.includes('OVERDUE')) {
      throw CONTRACT_PROBLEMS.ReceivableNotOverdue('what is in default was said to be overdue first', {
        receivable: id,
      });
    }
    const { dueDate } = await this.undertakings.require(receivable);
    return this.statements.make(receivable, { kind: 'DEFAULT', fn: 'markDefaulted', account, dueDate, reason });
  }
}
