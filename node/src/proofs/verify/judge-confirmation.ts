import type { ReceivableEvidence, Viewpoint } from './evidence.js';
import { type Fragment, invalid, valid } from './fragment.js';
import { brokenLineage, wholeOf } from './judge-lineage.js';
import { remarks } from './remarks.js';

/**
 * Issued by the supplier, confirmed by the obligor, and the fingerprints are this receivable's and no other's; of a part, those of
 * the whole that it comes from, which the obligor confirmed before it signed the split.
 */
export function judgeConfirmation(evidence: ReceivableEvidence, viewpoint: Viewpoint): Fragment {
  const { state, ancestors, fingerprints, notes } = evidence;
  const data = {
    obligor: state.obligor,
    supplier: state.supplier,
    holder: state.holder,
    keysInDoubt: notes.inDoubt,
    parties: notes.parties,
    fingerprints: evidence.fingerprintsOpened ? 'opened' : 'unopened',
    ...(ancestors.length > 0 && { lineage: ancestors.map(({ receivable }) => receivable) }),
  };
  if (state.status === null)
    return invalid('ISSUANCE', 'RECEIVABLE_UNKNOWN', 'The registry has no such receivable.', data);
  if (state.status === 'ISSUED')
    return invalid(
      'ISSUANCE',
      'SINGLE_AUTHOR',
      'Only the supplier has signed it: the obligor has not confirmed.',
      data,
    );
  const broken = brokenLineage(evidence);
  if (broken) return { ...broken, data };
  const foreign = fingerprints.filter(({ takenBy }) => takenBy !== wholeOf(evidence));
  if (fingerprints.length === 0 || foreign.length > 0)
    return invalid('ISSUANCE', 'FINGERPRINT_TAKEN', 'The invoice’s fingerprint is not this receivable’s.', data);
  const origin =
    ancestors.length > 0
      ? `A part, ${ancestors.length} splits below what the obligor confirmed, each signed by it`
      : 'Issued by the supplier, confirmed by the obligor';
  const said = `${origin}; ${backing(evidence)}${remarks(notes)}${holding(evidence, viewpoint)}`;
  return valid('ISSUANCE', said, data);
}

/** The chain counts fingerprints and takes each once; what they are of it cannot tell, nor can a file, which has nothing that opens them. */
function backing({ ancestors, fingerprintsOpened }: ReceivableEvidence): string {
  if (fingerprintsOpened) return `${ancestors.length > 0 ? 'that' : 'the'} invoice backs nothing else.`;
  const whose = ancestors.length > 0 ? 'that invoice’s' : 'the invoice’s';
  return `its fingerprints are no other receivable’s. Not checked, since what opens them is not here: whether they are ${whose}, and so whether it backs nothing else.`;
}

/** Whoever shows a claim need not be who holds it. */
function holding({ state: { holder } }: ReceivableEvidence, { accounts }: Viewpoint): string {
  return accounts.has(holder)
    ? ' You hold it.'
    : ` It is held by the account ${holder}; whose this account is, is not shown.`;
}
