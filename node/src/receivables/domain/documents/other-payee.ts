import { tellingMembersOf } from '../../../documents/model/invoice-has.js';
import type { DocumentFields } from './document-fields.js';

/** Whom an invoice says to pay that is not its supplier: as far as it is shown, so perhaps only that there is one. */
export interface OtherPayee {
  readonly id?: string;
  readonly scheme?: string;
  readonly name?: string;
}

/** Whom else an invoice says to pay, a sign of an earlier assignment; undefined where it names nobody, or does not show that it does. */
export function otherPayee(invoice: DocumentFields | undefined): OtherPayee | undefined {
  if (!invoice) return undefined;
  const [id, scheme, name] = ['id', 'scheme', 'name'].map((member) => invoice.get(`/payTo/${member}`));
  const isNamed = tellingMembersOf(invoice.get('/has') ?? '')?.has('payTo') ?? false;
  if (!isNamed && id === undefined && name === undefined) return undefined;
  return {
    ...(id !== undefined && { id }),
    ...(scheme !== undefined && { scheme }),
    ...(name !== undefined && { name }),
  };
}

/** Whether an invoice or a part of a split says to pay another than its supplier; undefined where it shows no word on it. */
export function saysOtherPayee(fields: DocumentFields | undefined): boolean | undefined {
  const has = fields?.get('/has');
  return has === undefined ? undefined : tellingMembersOf(has)?.has('payTo');
}

/**
 * Whether an invoice, or a part's terms, show by `has` if they name another to be paid: where they do not, that {@link otherPayee} finds
 * nobody says nothing. An invoice `inFull` here shows it by itself, though it was committed to before invoices said what they have.
 */
export function tellsPayee(document: DocumentFields, inFull = false): boolean {
  return saysOtherPayee(document) !== undefined || (inFull && !document.has('/has'));
}
