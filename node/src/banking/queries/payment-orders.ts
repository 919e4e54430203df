import { Injectable } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import { amountInvalid, minorUnits, type Money, positiveMoney } from '../../kernel/money.js';
import { defineProblem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { Members } from '../../members/index.js';
import { otherPayee } from '../../receivables/domain/documents/other-payee.js';
import { CommittedFields, Payees, type Receivable, Receivables } from '../../receivables/index.js';
import { accountInvalid, requireIban } from '../domain/accounts.js';
import { pain001 } from '../domain/pain-001.js';
import { paymentPayeeOther } from '../domain/problems.js';
import { NoticedAccounts } from './noticed-accounts.js';
import { Payable, type PayableNow } from './payable.js';

const paymentAccountMismatch = defineProblem({
  code: 'PAYMENT_ACCOUNT_MISMATCH',
  status: 409,
  title: 'The account is not the one that the lender gave notice of',
});

/** What the obligor's treasury decides. */
export interface PaymentWish {
  readonly debtorIban: string;
  readonly debtorBic?: string;
  /** Not needed where a lender's notice names one account. */
  readonly creditorIban?: string;
  readonly creditorBic?: string;
  /** Pay who is entitled by the chain, although the invoice says to pay another. */
  readonly despitePayTo?: boolean;
  /** Decimal text; by default what is owed and not said to be paid. */
  readonly amount?: string;
  /** ISO date; by default the due date, or today if that is past. */
  readonly executionDate?: string;
}

/** Payments of this obligor as its bank takes them. */
@Injectable()
export class PaymentOrders {
  constructor(
    private readonly payable: Payable,
    private readonly noticed: NoticedAccounts,
    private readonly payees: Payees,
    private readonly fields: CommittedFields,
    private readonly members: Members,
    private readonly head: IndexHead,
    private readonly receivables: Receivables,
  ) {}

  /**
   * A pain.001 to the party entitled now, of what this member has not said that it paid. Problems: those of {@link Payable},
   * ACCOUNT_INVALID, NOTICE_NOT_RECEIVED, PAYMENT_ACCOUNT_MISMATCH, PAYMENT_PAYEE_OTHER where the invoice says to pay another, no
   * notice says whom and the wish does not either, AMOUNT_INVALID when nothing is left or less than `amount`,
   * MESSAGE_UNWRITABLE.
   */
  async of(id: Hex, wish: PaymentWish): Promise<string> {
    const self = await this.members.self();
    const now = await this.payable.of(id, self.id);
    const { receivable, terms } = now;
    const invoice = (await this.fields.of([{ root: receivable.commitment, object: id }])).get(receivable.commitment);
    const { timestamp } = this.head.current();
    const today = isoTime(timestamp).slice(0, 10);
    return pain001({
      receivable: id,
      amount: amountOf(now, wish.amount),
      invoiceNumber: invoice?.get('/number') ?? id.slice(0, 34),
      debtor: {
        name: invoice?.get('/payer/name') ?? self.name,
        iban: requireIban(wish.debtorIban, 'debtorIban'),
        bic: wish.debtorBic,
      },
      creditor: await this.creditor(receivable, invoice?.get('/payee/name'), wish),
      executionDate: wish.executionDate ?? (terms.dueDate > today ? terms.dueDate : today),
      createdAt: isoTime(timestamp),
    });
  }

  /** Who is entitled now: the lender of an acknowledged notice, at the account that the notice names; else who holds it or its part. */
  private async creditor(receivable: Receivable, payeeName: string | undefined, wish: PaymentWish) {
    const notice = await this.noticed.of(receivable);
    if (!notice && !wish.despitePayTo) await this.requireNoOtherPayee(receivable);
    const noticed = notice?.iban;
    const given = wish.creditorIban === undefined ? undefined : requireIban(wish.creditorIban, 'creditorIban');
    if (noticed !== undefined && given !== undefined && noticed !== given)
      throw paymentAccountMismatch('pay to the account of the notice', { receivable: receivable.id });
    const iban = noticed ?? given;
    if (iban === undefined)
      throw accountInvalid('no notice names one account: give creditorIban', { field: 'creditorIban' });
    const payee = await this.payees.entitled(receivable);
    const { name } = await this.members.byId(payee);
    // The invoice names its supplier: neither a lender nor who was given a part.
    return { name: payee === receivable.supplier ? (payeeName ?? name) : name, iban, bic: wish.creditorBic };
  }

  /** Of a part of a split its whole's invoice says it. What was assigned before is paid to the assignee, which is not on this chain. */
  private async requireNoOtherPayee(receivable: Receivable): Promise<void> {
    const { id, commitment } = (await this.receivables.ancestors(receivable)).at(-1) ?? receivable;
    const invoice = (await this.fields.of([{ root: commitment, object: id }])).get(commitment);
    if (!otherPayee(invoice)) return;
    const detail = 'ask the supplier whose the claim is; with despitePayTo the party entitled by the chain is paid';
    throw paymentPayeeOther(detail, { receivable: receivable.id });
  }
}

function amountOf({ terms: { currency }, owed, claimed }: PayableNow, wanted: string | undefined): Money {
  const text = (amount: Rational) => amount.toFixed(minorUnits(currency));
  const left = Rational.max(Rational.ZERO, owed.minus(claimed));
  const facts = { owed: text(owed), claimed: text(claimed), currency };
  if (left.sign <= 0) throw amountInvalid('nothing is owed that was not claimed as paid', facts);
  const amount = positiveMoney({ amount: wanted ?? text(left), currency });
  if (Rational.parse(amount.amount).compare(left) > 0)
    throw amountInvalid('it is more than is owed and was not claimed as paid', facts);
  return amount;
}

/** Block time in seconds as ISO 8601 without fractions. */
const isoTime = (seconds: number): string => timeOf(seconds).replace('.000Z', 'Z');
