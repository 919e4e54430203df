import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../../kernel/contract-errors.generated.js';
import type { Hex } from '../../../kernel/hex.js';
import { Orders } from '../../../orders/index.js';
import { Submissions } from '../../../submissions/index.js';
import type { Receivable } from '../../domain/receivable.js';
import { isNoMoneyOf } from '../../domain/documents/figures.js';
import { requireAct } from '../../domain/require-act.js';
import { splitPaymentOpen } from '../../domain/split/problems.js';
import { Receivables } from '../../queries/receivables.js';
import { type SaidPayment, Statements } from '../../queries/statements.js';
import { Undertakings } from '../../queries/undertakings.js';
import { isOpen } from '../../storage/chain-payments.js';

/** Whether a receivable can be split as it is now, refused early with the contract's own codes where it would refuse. */
@Injectable()
export class SplitGuard {
  constructor(
    private readonly receivables: Receivables,
    private readonly statements: Statements,
    private readonly undertakings: Undertakings,
    private readonly submissions: Submissions,
    private readonly orders: Orders,
  ) {}

  /**
   * Refuses with RECEIVABLE_INVALID_TRANSITION, RECEIVABLE_ALREADY_ENCUMBERED, ORDER_ALREADY_ENCUMBERED, RECEIVABLE_DISPUTED,
   * RECEIVABLE_IS_OVERDUE, ORDER_NOT_IN_FORCE (rule 4). A claim on an order would reach the parts too: it has to be released first (ADR 0053). With
   * SPLIT_PAYMENT_OPEN while a payment waits to be acknowledged or withdrawn, which the chain would not mind (ADR 0012).
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
    await this.requireInForce(orders);
    await this.requireNonePaid(receivable);
  }

  /** No part of an order that is cancelled could be financed. */
  private async requireInForce(orders: readonly Hex[]): Promise<void> {
    for (const { id: order, status } of await this.orders.findMany(orders)) {
      if (status === 'ACCEPTED' || status === 'COMPLETED') continue;
      throw CONTRACT_PROBLEMS.OrderNotInForce(`its order is ${status}`, { order, status });
    }
  }

  private async requireNonePaid(about: Receivable): Promise<void> {
    const { id: receivable } = about;
    const underWay = await this.submissions.underWay('claimPayment', [receivable]);
    const waiting = await this.waiting(about);
    if (waiting.length === 0 && underWay.length === 0) return;
    const facts = { receivable, payments: waiting.map(({ entry }) => entry) };
    throw splitPaymentOpen('the obligor says that it paid, and its payee has not acknowledged that', facts);
  }

  /** Without those that no payee can acknowledge, since what their documents name is nothing that is due. */
  private async waiting(receivable: Receivable): Promise<SaidPayment[]> {
    const open = (await this.statements.payments(receivable)).filter(isOpen);
    const terms = open.length > 0 ? await this.undertakings.of(receivable) : undefined;
    return open.filter(({ fields }) => !terms || !isNoMoneyOf(fields, terms.currency));
  }
}
