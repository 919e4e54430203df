import { Injectable } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { amountInvalid, minorUnits, positiveMoney } from '../../kernel/money.js';
import { defineProblem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { Members } from '../../members/index.js';
import { CommittedFields, type Receivable, Receivables, Undertakings } from '../../receivables/index.js';
import { Debts } from '../../receivables/queries/debts.js';
import { Payees } from '../../receivables/queries/payees.js';
import { accountInvalid, requireIban } from '../domain/accounts.js';
import { pain001 } from '../domain/pain-001.js';
import { NoticedAccounts } from './noticed-accounts.js';

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
  /** Decimal text; by default what is owed. */
  readonly amount?: string;
  /** ISO date; by default the due date, or today if that is past. */
  readonly executionDate?: string;
}

/** Payments of this obligor as its bank takes them. */
@Injectable()
export class PaymentOrders {
  constructor(
    private readonly receivables: Receivables,
    private readonly undertakings: Undertakings,
    private readonly debts: Debts,
    private readonly noticed: NoticedAccounts,
    private readonly payees: Payees,
    private readonly fields: CommittedFields,
    private readonly members: Members,
    private readonly head: IndexHead,
  ) {}

  /**
   * A pain.001 to the party entitled now. Problems: RECEIVABLE_UNAUTHORIZED, CONFIRMATION_NOT_SHOWN, ACCOUNT_INVALID,
   * NOTICE_NOT_RECEIVED, PAYMENT_ACCOUNT_MISMATCH, AMOUNT_INVALID when nothing is owed or less than `amount`, MESSAGE_UNWRITABLE.
   */
  async of(id: Hex, wish: PaymentWish): Promise<string> {
    const receivable = await this.receivables.get(id);
    const self = await this.members.self();
    if (receivable.obligor !== self.id) {
      throw CONTRACT_PROBLEMS.ReceivableUnauthorized('only the obligor pays', { receivable: id });
    }
    const { currency, dueDate } = await this.undertakings.require(receivable);
    const invoice = (await this.fields.of([{ root: receivable.commitment, object: id }])).get(receivable.commitment);
    const { timestamp } = this.head.current();
    const today = isoTime(timestamp).slice(0, 10);
    return pain001({
      receivable: id,
      amount: await this.amount(receivable, currency, wish.amount),
      invoiceNumber: invoice?.get('/number') ?? id.slice(0, 34),
      debtor: {
        name: invoice?.get('/payer/name') ?? self.name,
        iban: requireIban(wish.debtorIban, 'debtorIban'),
        bic: wish.debtorBic,
      },
      creditor: await this.creditor(receivable, invoice?.get('/payee/name'), wish),
      executionDate: wish.executionDate ?? (dueDate > today ? dueDate : today),
      createdAt: isoTime(timestamp),
    });
  }

  private async amount(receivable: Receivable, currency: string, wanted: string | undefined) {
    const owed = await this.debts.outstanding(receivable);
    const amount = positiveMoney({ amount: wanted ?? owed.toFixed(minorUnits(currency)), currency });
    if (Rational.parse(amount.amount).compare(owed) > 0)
      throw amountInvalid('it is more than is owed', { owed: owed.toFixed(minorUnits(currency)), currency });
    return amount;
  }

  /** Who is entitled now: the lender of an acknowledged notice, at the account that the notice names; else who holds it or its part. */
  private async creditor(receivable: Receivable, payeeName: string | undefined, wish: PaymentWish) {
    const noticed = (await this.noticed.of(receivable))?.iban;
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
}

/** Block time in seconds as ISO 8601 without fractions. */
const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
