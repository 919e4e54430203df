import { otherPayee } from '../../receivables/domain/documents/other-payee.js';
import type { ReceivableEvidence } from './evidence.js';
import type { Fragment } from './fragment.js';

/** That the invoice says to pay another than its supplier: its claim may be assigned already, where no chain says so. */
export function withOtherPayee(fragment: Fragment, { state, documents }: ReceivableEvidence): Fragment {
  const invoice = documents.find(({ root }) => root === state.commitment);
  const payTo = otherPayee(new Map(invoice?.disclosure.fields.map(({ path, value }) => [path, value])));
  if (!payTo) return fragment;
  const { code, message } = fragment.reason;
  const whom = payTo.id === undefined ? 'not shown by any number' : `${payTo.scheme ?? ''}:${payTo.id}`;
  return {
    ...fragment,
    reason: { code, message: `${message} The invoice says to pay another than its supplier (${whom}).` },
    data: { ...fragment.data, payTo },
  };
}
