import { readXml } from '../../documents/source/read-xml.js';
import type { SourceNode } from '../../documents/source/source-node.js';
import { fromMinorUnits, type Money, toMinorUnits } from '../../kernel/money.js';
import { defineProblem } from '../../kernel/problem.js';

const notificationInvalid = defineProblem({
  code: 'BANK_NOTIFICATION_INVALID',
  status: 422,
  title: 'Not a camt.054 that can be read',
});

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:camt\.054\.001\.\d{2}$/;

/** One booked movement on an account of this member's. */
export interface BankEntry {
  /** IBAN or other id of the account. */
  readonly account: string;
  readonly direction: 'CREDIT' | 'DEBIT';
  readonly amount: Money;
  readonly endToEndId?: string;
  /** Of a debit: IBAN or other id of the account that was paid. */
  readonly paidInto?: string;
  /** The account servicer's own reference, which with the account and what is paid says whether it was seen before. */
  readonly bankReference: string;
  /** Booking date as the bank writes it, where the reference may be counted anew in each message. */
  readonly bookedOn?: string;
}

/**
 * Booked entries of a BankToCustomerDebitCreditNotification (versions 02 and later); reversals and what is only pending are
 * left out. Throws BANK_NOTIFICATION_INVALID, and DOCUMENT_* for what is no XML.
 */
export function readCamt054(bytes: Uint8Array): BankEntry[] {
  const { namespace, root } = readXml(bytes, []);
  const message = NAMESPACE.test(namespace) ? root.one('BkToCstmrDbtCdtNtfctn') : undefined;
  if (!message) throw notificationInvalid('the root is no Document of camt.054', { namespace });
  return message.all('Ntfctn').flatMap((notification) => {
    const account = accountIn(notification.one('Acct'));
    if (account === undefined) throw notificationInvalid(`${notification.pointer} names no account`);
    return notification.all('Ntry').flatMap((entry) => movements(entry, account));
  });
}

function movements(entry: SourceNode, account: string): BankEntry[] {
  const status = valueOf(at(entry, 'Sts', 'Cd')) ?? valueOf(entry.one('Sts'));
  // As XML Schema writes what is true.
  const reversal = ['true', '1'].includes(valueOf(entry.one('RvslInd')) ?? '');
  if (status !== 'BOOK' || reversal) return [];
  const details = entry.all('NtryDtls').flatMap((each) => each.all('TxDtls'));
  const parts = details.length > 0 ? details : [entry];
  const owns = parts.map((part) => valueOf(at(part, 'Refs', 'AcctSvcrRef')));
  const whole = valueOf(entry.one('AcctSvcrRef'));
  const counted = valueOf(entry.one('NtryRef'));
  const bookedOn = dayIn(entry.one('BookgDt')) ?? dayIn(entry.one('ValDt'));
  return parts.map((part, index) => {
    const direction = valueOf(part.one('CdtDbtInd')) ?? valueOf(entry.one('CdtDbtInd'));
    if (direction !== 'CRDT' && direction !== 'DBIT') throw notificationInvalid(`${part.pointer} has no direction`);
    const amount =
      part.one('Amt') ?? at(part, 'AmtDtls', 'TxAmt', 'Amt') ?? (parts.length === 1 ? entry.one('Amt') : undefined);
    const own = ownReference(owns, index);
    const shared = whole ?? counted;
    const bankReference = own ?? (shared === undefined ? undefined : `${shared}/${index}`);
    if (bankReference === undefined) throw notificationInvalid(`${part.pointer} has no reference of the bank's`);
    return {
      account,
      direction: direction === 'CRDT' ? 'CREDIT' : 'DEBIT',
      amount: moneyOf(amount, part),
      endToEndId: valueOf(at(part, 'Refs', 'EndToEndId')),
      ...(direction === 'DBIT' ? { paidInto: accountIn(at(part, 'RltdPties', 'CdtrAcct')) } : {}),
      bankReference,
      ...((own ?? whole) === undefined ? { bookedOn } : {}),
    };
  });
}

/** A bank may give the one reference of a whole entry to each of its movements: later ones are told apart by their place. */
function ownReference(owns: readonly (string | undefined)[], index: number): string | undefined {
  const own = owns[index];
  const before = owns.slice(0, index).filter((each) => each === own).length;
  return own !== undefined && before > 0 ? `${own}/${before}` : own;
}

/** The day of a date, or of a date and time. */
function dayIn(date: SourceNode | undefined): string | undefined {
  return (valueOf(date?.one('Dt')) ?? valueOf(date?.one('DtTm')))?.slice(0, 10);
}

/** In the one spelling that is computed with: XML Schema has "0100.00" and "100." too. */
function moneyOf(node: SourceNode | undefined, part: SourceNode): Money {
  const [amount, currency] = [valueOf(node), valueOf(node?.one('@Ccy'))];
  if (amount === undefined || currency === undefined) throw notificationInvalid(`${part.pointer} has no amount`);
  const units = toMinorUnits(amount, currency);
  if (units <= 0n) throw notificationInvalid(`${part.pointer} moves nothing`);
  return { amount: fromMinorUnits(units, currency), currency };
}

function accountIn(account: SourceNode | undefined): string | undefined {
  const id = account?.one('Id');
  return valueOf(id?.one('IBAN')) ?? valueOf(at(id, 'Othr', 'Id'));
}

function at(node: SourceNode | undefined, ...path: readonly string[]): SourceNode | undefined {
  return path.reduce<SourceNode | undefined>((found, name) => found?.one(name), node);
}

function valueOf(node: SourceNode | undefined): string | undefined {
  return node?.value === undefined || node.value === '' ? undefined : node.value;
}
