import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { currencyMismatch } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { amountIn } from '../domain/documents/figures.js';
import { Debts } from '../queries/debts.js';
import { Payees } from '../queries/payees.js';
import { Receivables } from '../queries/receivables.js';
import { type SaidPayment, Statements } from '../queries/statements.js';
import { Undertakings } from '../queries/undertakings.js';
import { receivableDocumentMissing } from '../domain/problems.js';
import { Acknowledgements } from '../storage/acknowledgements.js';
import { notClaimed, openPayment } from './open-payment.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** The payee entitled says that it was paid. */
@Injectable()
export class AcknowledgePayment {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly receivables: Receivables,
    private readonly payees: Payees,
    private readonly statements: Statements,
    private readonly debts: Debts,
    private readonly undertakings: Undertakings,
    private readonly acknowledgements: Acknowledgements,
  ) {}

  /**
   * Answers the payment's root as its id. Refuses with PAYMENT_UNKNOWN, PAYMENT_NOT_CLAIMED when it was acknowledged before or is
   * just now, or was withdrawn, PAYMENT_NOT_PAYEE, RECEIVABLE_DOCUMENT_MISSING while its amount is not known here, CURRENCY_MISMATCH
   * when it is in another currency than was confirmed. One that its obligor withdrew meanwhile the chain refuses, and what rests
   * on the submission then never was.
   */
  async run(id: Hex, entry: number): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'acknowledgePayment');
    const payment = openPayment(await this.statements.payments(receivable), id, entry);
    const account = await this.payees.own(receivable);
    const { currency } = await this.undertakings.require(receivable);
    const left = (await this.debts.outstanding(receivable)).minus(amountOf(payment, currency, id));
    const settles = left.sign <= 0 && (await this.maySettle([id, ...receivable.orders], id));
    const submission = await this.desk.submit({
      act: 'acknowledgePayment',
      object: id,
      fn: 'acknowledgePayment',
      args: [id, entry, settles, []],
      account,
    });
    // The chain would take one of two, and its refusal of the other comes when that one was believed.
    if (!(await this.acknowledgements.add(payment.root, id, submission))) throw notClaimed('acknowledged', id, entry);
    return { id: payment.root, submission };
  }

  /**
   * A holder settles nothing that a lender has a claim on without that lender's consent (rule 3): the payment counts all
   * the same, and the receivable stays CONFIRMED.
   */
  private async maySettle(objects: readonly Hex[], receivable: Hex): Promise<boolean> {
    const running = await this.receivables.encumbrancesOn(objects);
    const notified = running.some(({ object, state }) => object === receivable && state === 'NOTIFIED');
    return notified || running.length === 0;
  }
}

function amountOf({ fields, entry }: SaidPayment, currency: string, receivable: Hex): Rational {
  const amount = amountIn(fields, currency);
  if (amount !== undefined) return Rational.parse(amount);
  const given = fields?.get('/currency');
  if (given !== undefined && given !== currency) {
    const facts = { receivable, n: entry, expected: currency };
    throw currencyMismatch(`the payment is in another currency than ${currency}, which is due`, facts);
  }
  throw receivableDocumentMissing('the payment’s document has not arrived', { receivable });
}
