import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';
import { referenceOf } from './references.js';
import { el, type Element, isoDocument, label, messageUnwritable, money, text } from './xml.js';

/** A party as an invoice names it. */
export interface InvoiceParty {
  readonly name: string;
  /** GS1's location number of 13 digits, if its id is one. */
  readonly gln?: string;
}

/** A request for money on one invoice. */
export interface InvoiceFinancingRequest {
  readonly financing: Hex;
  /** ISO time without fractions. */
  readonly createdAt: string;
  readonly requester: string;
  /** Short name of the lender. */
  readonly lender: string;
  readonly invoice: {
    readonly number: string;
    readonly issueDate: string;
    /** Of what money is asked for: an instalment's own. */
    readonly dueDate: string;
    /** Payable on the whole invoice, of which are also the others: `taxable` + `tax` + `adjustment`. */
    readonly amount: Money;
    readonly taxable: Money;
    readonly tax: Money;
    /** What it was rounded by, less what was paid before; none where that is nothing. */
    readonly adjustment?: Money;
  };
  readonly requested: Money;
  readonly supplier: InvoiceParty;
  readonly buyer: InvoiceParty;
}

/** InvoiceFinancingRequestV01 with one request. Throws MESSAGE_UNWRITABLE, also for a taxable total below nothing. */
export function tsin001(request: InvoiceFinancingRequest): string {
  const { financing, createdAt, requester, lender, invoice, requested, supplier, buyer } = request;
  if (invoice.taxable.amount.startsWith('-'))
    throw messageUnwritable('the tax is more than the invoice’s payable total', { element: 'TtlTaxblAmt' });
  const group = el(
    'ReqGrpInf',
    text('GrpId', referenceOf(financing), 35),
    text('CreDtTm', createdAt, 30),
    text('NbOfInvcReqs', '1', 15),
    money('TtlBlkInvcAmt', invoice.amount),
    text('Ccy', invoice.amount.currency, 3),
    el('FincgRqstr', el('PtyId', label('Nm', requester, 70))),
    el('FrstAgt', el('PrtryId', text('Id', lender, 35), text('IdTp', 'tradeproof member', 35))),
  );
  const information = el(
    'InvcReqInf',
    el(
      'InvcGnlInf',
      text('DocTp', 'CINV', 4),
      text('DocNb', invoice.number, 35),
      text('IsseDt', invoice.issueDate, 10),
    ),
    el(
      'InvcTtlsInf',
      money('TtlTaxblAmt', invoice.taxable),
      money('TtlTaxAmt', invoice.tax),
      adjustment(invoice.adjustment),
      money('TtlInvcAmt', invoice.amount),
      text('PmtDueDt', invoice.dueDate, 10),
    ),
    el('ReqdAmt', money('Amt', requested)),
    el('Spplr', party(supplier)),
    el('Buyr', party(buyer)),
    el('InvcPmtInf', text('PmtMtd', 'TRF', 3)),
  );
  return isoDocument('tsin.001.001.01', el('InvcFincgReq', group, information));
}

function adjustment(by: Money | undefined): Element | undefined {
  if (!by) return undefined;
  const isLess = by.amount.startsWith('-');
  const amount = isLess ? by.amount.slice(1) : by.amount;
  return el('Adjstmnt', text('Drctn', isLess ? 'SUBS' : 'ADDD', 4), money('Amt', { ...by, amount }));
}

const party = ({ name, gln }: InvoiceParty): Element =>
  el('PtyId', label('Nm', name, 70), gln === undefined ? undefined : el('Id', el('OrgId', text('EANGLN', gln, 13))));
