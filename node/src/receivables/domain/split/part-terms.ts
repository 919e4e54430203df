import { minorUnits } from '../../../kernel/money.js';
import type { Hex } from '../../../kernel/hex.js';
import { Rational } from '../../../kernel/rational.js';
import type { DocumentFields } from '../documents/document-fields.js';
import { isDate, isFigure, isMoney } from '../documents/figures.js';

/** What the obligor confirms of a part of a split by co-signing it. */
export interface PartTerms {
  /** Decimal text, owed on this part. */
  readonly amount: string;
  readonly currency: string;
  /** ISO date; the whole's. */
  readonly dueDate: string;
  /** Decimal text: how much of the amount goods covered when it was split off, its share of what the whole's cover was. */
  readonly covered: string;
  /** The receivable that it is a part of. */
  readonly parent: Hex;
  /** Root of that one's confirmation. */
  readonly parentConfirmation: Hex;
  /** `payTo` where the whole's invoice says to pay another than its supplier, else empty. */
  readonly has: string;
}

/** Undefined unless all of it is there and can be read. */
export function readPart(fields: DocumentFields): PartTerms | undefined {
  const at = (path: string): string | undefined => fields.get(path);
  const [amount, currency, dueDate, covered] = ['/amount', '/currency', '/dueDate', '/covered'].map(at);
  const [parent, parentConfirmation] = ['/parent', '/parentConfirmation'].map(at);
  if (!amount || !currency || !dueDate || !covered || !parent || !parentConfirmation) return undefined;
  if (!isMoney(amount, currency) || !isDate(dueDate) || !isCovered({ amount, currency, covered })) return undefined;
  const lineage = { parent: parent as Hex, parentConfirmation: parentConfirmation as Hex };
  return { amount, currency, dueDate, covered, ...lineage, has: at('/has') ?? '' };
}

/** Whether it is an amount of whole minor units, from nothing to all of the part. */
export function isCovered({ amount, currency, covered }: Pick<PartTerms, 'amount' | 'currency' | 'covered'>): boolean {
  if (!isFigure(covered)) return false;
  const share = Rational.parse(covered);
  const within = share.sign >= 0 && share.compare(Rational.parse(amount)) <= 0;
  const digits = minorUnits(currency);
  return within && share.floor(digits).toFixed(digits) === covered;
}
