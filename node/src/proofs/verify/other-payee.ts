import { otherPayee, tellsPayee } from '../../receivables/domain/documents/other-payee.js';
import type { ReceivableEvidence } from './evidence.js';
import { type Fragment, skipped } from './fragment.js';

/**
 * That the invoice says to pay another than its supplier: its claim may be assigned already, where no chain says so. Who is shown a free
 * claim without whether the invoice says that knows nothing of it: its holder chose what to show, and would be the one to be paid twice.
 */
export function withOtherPayee(fragment: Fragment, { state, ancestors, documents }: ReceivableEvidence): Fragment {
  const shown = documents.find(({ root }) => root === state.commitment);
  const fields = new Map(shown?.disclosure.fields.map(({ path, value }) => [path, value]));
  const payTo = otherPayee(fields);
  const { code, message } = fragment.reason;
  if (payTo) {
    const whom = payTo.id === undefined ? 'not shown by any number' : `${payTo.scheme ?? ''}:${payTo.id}`;
    return {
      ...fragment,
      reason: { code, message: `${message} The invoice says to pay another than its supplier (${whom}).` },
      data: { ...fragment.data, payTo },
    };
  }
  // A part is financed without its invoice: its own terms say it, or nothing here does.
  const isPart = ancestors.length > 0;
  if (tellsPayee(fields, shown?.inFull === true && !isPart) || fragment.status !== 'VALID') return fragment;
  const teller = isPart ? 'the part’s terms name' : 'the invoice names';
  const hidden = `Whether ${teller} another to be paid than the supplier, whose the claim may be already, is not shown (/has).`;
  return skipped('ENCUMBRANCE', 'PAYEE_NOT_SHOWN', `${hidden} Beside that: ${message}`, fragment.data);
}
