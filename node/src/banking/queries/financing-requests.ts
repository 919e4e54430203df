import { Injectable } from '@nestjs/common';
import { Positions } from '../../financing/index.js';
import { type TellingMember, tellingMembersOf } from '../../documents/model/invoice-has.js';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits } from '../../kernel/money.js';
import { defineProblem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { Members } from '../../members/index.js';
import { CommittedFields, coverNotShown, Receivables, Undertakings } from '../../receivables/index.js';
import type { DocumentFields } from '../../receivables/domain/documents/fields.js';
import { isDate, isFigure, isMoney } from '../../receivables/domain/documents/figures.js';
import { type InvoiceParty, tsin001 } from '../domain/tsin-001.js';
import { messageUnwritable } from '../domain/xml.js';

const financingNotOfInvoice = defineProblem({
  code: 'FINANCING_NOT_OF_INVOICE',
  status: 409,
  title: 'The message is for invoices, and this financing is of an order',
});

/** Requests for financing as banks' systems take them. */
@Injectable()
export class FinancingRequests {
  constructor(
    private readonly positions: Positions,
    private readonly receivables: Receivables,
    private readonly undertakings: Undertakings,
    private readonly fields: CommittedFields,
    private readonly members: Members,
  ) {}

  /**
   * A tsin.001: totals of the whole invoice, of which a receivable may be one instalment, due on its own day. Problems: FINANCING_UNKNOWN, FINANCING_NOT_OF_INVOICE, COVER_NOT_SHOWN,
   * MESSAGE_UNWRITABLE, also for a figure or a date that cannot be read: its supplier may have committed to anything.
   */
  async of(id: Hex): Promise<string> {
    const { financing } = await this.positions.get(id);
    const { object, onOrder, holder, lender, requested, requestedAt } = financing;
    if (onOrder) throw financingNotOfInvoice('an order has no invoice yet', { financing: id });
    const receivable = await this.receivables.get(object);
    const invoice = (await this.fields.of([{ root: receivable.commitment, object }])).get(receivable.commitment);
    const terms = await this.undertakings.of(receivable);
    const said = (path: string): string => {
      const value = invoice?.get(path);
      if (value !== undefined) return value;
      throw coverNotShown(`the invoice’s ${path} is not shown`, { commitments: [receivable.commitment] });
    };
    const [payable, currency] = [said('/amount'), said('/currency')];
    const total = invoice?.get('/invoiceAmount') ?? payable;
    const amount = figure(total, isMoney(total, currency), 'TtlInvcAmt');
    const taxes = invoice?.get('/taxAmount') ?? '0';
    const tax = figure(taxes, isWhole(taxes, currency), 'TtlTaxAmt');
    const has = tellingMembersOf(invoice?.get('/has') ?? '');
    const beside = (name: TellingMember): Rational => {
      const value = has?.has(name) ? said(`/${name}`) : (invoice?.get(`/${name}`) ?? '0');
      return figure(value, isWhole(value, currency), 'Adjstmnt');
    };
    const adjustment = beside('rounding').minus(beside('prepaid'));
    const money = (value: Rational) => ({ amount: value.toFixed(minorUnits(currency)), currency });
    const nameOf = async (member: number) => (await this.members.byId(member)).name;
    const requester = await nameOf(holder);
    return tsin001({
      financing: id,
      createdAt: timeOf(requestedAt).replace('.000Z', 'Z'),
      requester: invoice?.get('/payee/name') ?? requester,
      lender: await nameOf(lender),
      invoice: {
        number: said('/number'),
        issueDate: dayIn(said('/issueDate'), 'IsseDt'),
        dueDate: terms?.dueDate ?? dayIn(invoice?.get('/dueDate') ?? said('/issueDate'), 'PmtDueDt'),
        ...{ amount: money(amount), tax: money(tax), taxable: money(amount.minus(tax).minus(adjustment)) },
        ...(adjustment.sign !== 0 && { adjustment: money(adjustment) }),
      },
      requested: { ...requested },
      supplier: partyOf(invoice!, '/payee', await nameOf(receivable.supplier)),
      buyer: partyOf(invoice!, '/payer', await nameOf(receivable.obligor)),
    });
  }
}

function figure(text: string, isOne: boolean, element: string): Rational {
  if (isOne) return Rational.parse(text);
  throw messageUnwritable('the invoice has no amount there that can be read', { element });
}

/** Whether it is a decimal in whole minor units; a tax may be nothing, or less: one that was taken back. */
function isWhole(text: string, currency: string): boolean {
  return isFigure(text) && (/\.(.*)/.exec(text)?.[1]?.length ?? 0) <= minorUnits(currency);
}

function dayIn(text: string, element: string): string {
  if (isDate(text)) return text;
  throw messageUnwritable('the invoice has no day there that can be read', { element });
}

/** Names are not shown to lenders: there the member's short name stands. */
function partyOf(invoice: DocumentFields, at: string, member: string): InvoiceParty {
  const [id, scheme] = [invoice.get(`${at}/id`), invoice.get(`${at}/scheme`)];
  const isGln = scheme === '0088' && id !== undefined && /^\d{13}$/.test(id);
  return { name: invoice.get(`${at}/name`) ?? member, ...(isGln ? { gln: id } : {}) };
}
