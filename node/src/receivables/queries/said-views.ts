import { Injectable } from '@nestjs/common';
import { type Hex, parseHex } from '../../kernel/hex.js';
import { disputeUnknown, paymentUnknown, receivableDocumentMissing } from '../domain/problems.js';
import type { Receivable } from '../domain/receivable.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';
import { Misdirected } from './misdirected.js';
import { ReceivableAccess } from './receivable-access.js';
import { Receivables } from './receivables.js';
import {
  type CreditNoteView,
  type DisputeView,
  type PaymentView,
  toCreditNoteView,
  toDisputeView,
  toPaymentView,
} from './said-view.js';
import { Statements } from './statements.js';

/** Payments, credit notes and disputes as the API shows them, by the roots that are their ids. */
@Injectable()
export class SaidViews {
  constructor(
    private readonly receivables: Receivables,
    private readonly access: ReceivableAccess,
    private readonly statements: Statements,
    private readonly log: ReceivableLogStore,
    private readonly misdirected: Misdirected,
  ) {}

  /** Throws RECEIVABLE_UNKNOWN, RECEIVABLE_NOT_DISCLOSED. */
  async payments(receivable: Hex): Promise<PaymentView[]> {
    const about = await this.receivables.get(receivable);
    await this.access.require(about);
    const payments = await this.statements.payments(about);
    const astray = await this.misdirected.among(about, payments);
    return payments.map((payment) => toPaymentView(receivable, payment, astray));
  }

  async payment(id: string): Promise<PaymentView> {
    const { receivable, root } = await this.about('chain_payments', id);
    const payment = (await this.statements.payments(receivable)).find((each) => each.root === root);
    if (!payment) throw paymentUnknown('no payment has this id', { payment: id });
    return toPaymentView(receivable.id, payment, await this.misdirected.among(receivable, [payment]));
  }

  async creditNote(id: string): Promise<CreditNoteView> {
    const { receivable, root } = await this.about('chain_credit_notes', id);
    const creditNote = (await this.statements.creditNotes(receivable)).find((each) => each.root === root);
    if (!creditNote) throw receivableDocumentMissing('no credit note has this id', { creditNote: id });
    return toCreditNoteView(receivable.id, creditNote);
  }

  async dispute(id: string): Promise<DisputeView> {
    const { receivable, root } = await this.about('chain_disputes', id);
    const dispute = (await this.statements.disputes(receivable)).find((each) => each.root === root);
    if (!dispute) throw disputeUnknown('no dispute has this id', { dispute: id });
    return toDisputeView(receivable.id, dispute);
  }

  private async about(
    table: 'chain_payments' | 'chain_credit_notes' | 'chain_disputes',
    id: string,
  ): Promise<{ receivable: Receivable; root: Hex }> {
    const root = parseHex(id, 32);
    const receivable = await this.log.receivableOf(table, root);
    if (!receivable) throw paymentUnknown('nothing on chain has this id', { id });
    return { receivable: await this.receivables.get(receivable), root };
  }
}
