import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { requireLate, requireUnmarked } from '../domain/lateness.js';
import { Payees } from '../queries/payees.js';
import { Undertakings } from '../queries/undertakings.js';
import { LateStatements } from './late-statements.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** The payee entitled says that payment is late; no date says so by itself (rule 5). */
@Injectable()
export class MarkOverdue {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly payees: Payees,
    private readonly undertakings: Undertakings,
    private readonly statements: LateStatements,
    private readonly config: Config,
    private readonly head: IndexHead,
  ) {}

  /**
   * Refuses with PAYMENT_NOT_PAYEE, RECEIVABLE_NOT_DUE before the due date and this member's days of grace have passed,
   * RECEIVABLE_ALREADY_MARKED, CONFIRMATION_NOT_SHOWN while the due date is not known here.
   */
  async run(id: Hex, reason?: string): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'markOverdue');
    const account = await this.payees.own(receivable);
    requireUnmarked(receivable, 'OVERDUE');
    const { dueDate } = await this.undertakings.require(receivable);
    requireLate(receivable, dueDate, this.config.graceDays, this.head.current().timestamp);
    return this.statements.make(receivable, { kind: 'OVERDUE', fn: 'markOverdue', account, dueDate, reason });
  }
}
