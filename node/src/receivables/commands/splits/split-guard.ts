import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../../kernel/contract-errors.generated.js';
import type { Receivable } from '../../domain/receivable.js';
import { requireAct } from '../../domain/require-act.js';
import { Receivables } from '../../queries/receivables.js';

/** Whether a receivable can be split as it is now, refused early with the contract's own codes. */
@Injectable()
export class SplitGuard {
  constructor(private readonly receivables: Receivables) {}

  /**
   * Refuses with RECEIVABLE_INVALID_TRANSITION, RECEIVABLE_ALREADY_ENCUMBERED, ORDER_ALREADY_ENCUMBERED, RECEIVABLE_DISPUTED,
   * RECEIVABLE_IS_OVERDUE (rule 4). A claim on an order would reach the parts too: it has to be released first (ADR 0053).
   */
  async require(receivable: Receivable): Promise<void> {
    const { id, orders, openDisputes, marks, obligor } = receivable;
    requireAct(receivable, 'split', obligor);
    const [first] = await this.receivables.encumbrancesOn([id, ...orders]);
    if (first) {
      const { object, onOrder, state } = first;
      throw onOrder
        ? CONTRACT_PROBLEMS.OrderAlreadyEncumbered(`its order is ${state} to a lender`, { order: object, state })
        : CONTRACT_PROBLEMS.ReceivableAlreadyEncumbered(`it is ${state} to a lender`, { receivable: id, state });
    }
    if (openDisputes > 0)
      throw CONTRACT_PROBLEMS.ReceivableDisputed('the obligor disputes it', { receivable: id, openDisputes });
    if (marks.includes('OVERDUE')) {
      throw CONTRACT_PROBLEMS.ReceivableIsOverdue('its payee has marked it as overdue', { receivable: id });
    }
  }
}
