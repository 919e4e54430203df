import type { Money } from '../../kernel/money.js';
import type { Hex } from '../../kernel/hex.js';
import { messageReference, referenceOf } from './references.js';
import { el, type Element, isoDocument, label, money, text } from './xml.js';

/** One payment of an obligor on a receivable. */
export interface PaymentInitiation {
  readonly receivable: Hex;
  readonly amount: Money;
  readonly invoiceNumber: string;
  readonly debtor: { readonly name: string; readonly iban: string; readonly bic?: string };
  /** The party entitled now. */
  readonly creditor: { readonly name: string; readonly iban: string; readonly bic?: string };
  /** ISO date. */
  readonly executionDate: string;
  /** ISO time without fractions. */
  readonly createdAt: string;
}

/** CustomerCreditTransferInitiationV09 with one transaction. Throws MESSAGE_UNWRITABLE. */
export function pain001(payment: PaymentInitiation): string {
  const { receivable, amount, invoiceNumber, debtor, creditor, executionDate, createdAt } = payment;
  const id = messageReference('pain.001', receivable, amount.amount, amount.currency, creditor.iban, executionDate);
  const header = el(
    'GrpHdr',
    text('MsgId', id, 35),
    text('CreDtTm', createdAt, 30),
    text('NbOfTxs', '1', 15),
    text('CtrlSum', amount.amount, 19),
    el('InitgPty', label('Nm', debtor.name, 140)),
  );
  const transfer = el(
    'CdtTrfTxInf',
    el('PmtId', text('EndToEndId', referenceOf(receivable), 35)),
    el('Amt', money('InstdAmt', amount)),
    creditor.bic === undefined ? undefined : el('CdtrAgt', institution(creditor.bic)),
    el('Cdtr', label('Nm', creditor.name, 140)),
    account('CdtrAcct', creditor.iban),
    el('RmtInf', el('Strd', referred(invoiceNumber))),
  );
  const information = el(
    'PmtInf',
    text('PmtInfId', id, 35),
    text('PmtMtd', 'TRF', 3),
    text('NbOfTxs', '1', 15),
    text('CtrlSum', amount.amount, 19),
    el('ReqdExctnDt', text('Dt', executionDate, 10)),
    el('Dbtr', label('Nm', debtor.name, 140)),
    account('DbtrAcct', debtor.iban),
    el('DbtrAgt', institution(debtor.bic)),
    text('ChrgBr', 'SLEV', 4),
    transfer,
  );
  return isoDocument('pain.001.001.09', el('CstmrCdtTrfInitn', header, information));
}

const account = (name: string, iban: string): Element => el(name, el('Id', text('IBAN', iban, 34)));

/** Without a BIC the bank finds it by the account, as SEPA's rulebook has it. */
const institution = (bic: string | undefined): Element =>
  el('FinInstnId', bic === undefined ? el('Othr', text('Id', 'NOTPROVIDED', 35)) : text('BICFI', bic, 11));

const referred = (number: string): Element =>
  el('RfrdDocInf', el('Tp', el('CdOrPrtry', text('Cd', 'CINV', 4))), text('Nb', number, 35));
