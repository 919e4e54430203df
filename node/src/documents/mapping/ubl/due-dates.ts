import type { SourceNode } from '../../source/source-node.js';
import type { PaymentDate } from '../due-dates.js';
import { amount, date, decimal, peek } from '../values.js';

/**
 * Due dates below the header of a UBL invoice: of terms that name theirs, or the payment means that they refer to; means
 * that no term refers to give dates alone. All stay in the source as well: what becomes of them is `settlement`'s to say.
 */
export function paymentDates(root: SourceNode, currency: string): PaymentDate[] {
  const means = root.all('PaymentMeans');
  const referred = new Set<SourceNode>();
  const payments: PaymentDate[] = [];
  for (const terms of root.all('PaymentTerms')) {
    const id = terms.all('PaymentMeansID')[0]?.value;
    const mean = id === undefined ? undefined : means.find((each) => each.one('ID')?.value === id);
    if (mean) referred.add(mean);
    const dates = [terms.one('InstallmentDueDate'), terms.one('PaymentDueDate'), mean?.one('PaymentDueDate')];
    const dueDate = dates.map((node) => peek(node, date)).find((day) => day !== undefined);
    if (dueDate === undefined) continue;
    const part = peek(terms.one('Amount'), (node) => amount(node, currency));
    payments.push({ dueDate, amount: part, percent: peek(terms.one('PaymentPercent'), decimal) });
  }
  for (const mean of means) {
    const dueDate = referred.has(mean) ? undefined : peek(mean.one('PaymentDueDate'), date);
    const isNew = dueDate !== undefined && !payments.some((payment) => payment.dueDate === dueDate);
    if (isNew) payments.push({ dueDate });
  }
  return payments;
}
