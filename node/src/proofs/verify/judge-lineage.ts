import { type PartTerms, readPart } from '../../receivables/domain/split/part-terms.js';
import { receivableHeadOf } from '../../receivables/domain/receivable-log.js';
import type { Hex } from '../../kernel/hex.js';
import type { AncestorEvidence, ReceivableEvidence } from './evidence.js';
import { type Fragment, invalid } from './fragment.js';

/** The receivable that its obligor confirmed, and whose invoice has a fingerprint: of a part the last that it comes from. */
export const wholeOf = ({ receivable, ancestors }: ReceivableEvidence): Hex =>
  ancestors.at(-1)?.receivable ?? receivable;

/**
 * Why a part does not come from what its obligor confirmed: a link that the chain has not, an ancestor that is no split one of
 * the same parties, a log that is not whole, or terms that name another. Undefined where it does.
 */
export function brokenLineage(evidence: ReceivableEvidence): Fragment | undefined {
  const { receivable, state, parent, ancestors } = evidence;
  const links = [{ receivable, parent }, ...ancestors];
  const linked = links.every((link, i) => link.parent === (links[i + 1]?.receivable ?? null));
  if (!linked) return broken('The receivables that it is said to come from are not those that the chain has.');
  for (const { receivable: id, state: found, log } of ancestors) {
    const sameParties = found.obligor === state.obligor && found.supplier === state.supplier;
    if (found.status !== 'SPLIT' || !sameParties)
      return broken('What it is said to come from was not split into parts.');
    const whole = log.length === found.entries && receivableHeadOf(id, log) === found.head;
    if (!whole)
      return broken('What is said of a receivable that it comes from is not the whole of what the chain has.');
  }
  const [nearest] = ancestors;
  const terms = nearest && termsOf(evidence);
  if (!nearest || !terms || namesIts(nearest, terms)) return undefined;
  return broken('The part’s terms name another receivable or another confirmation than it comes from.');
}

/** What a part's own document says; undefined for a whole, or while it is not shown. */
export function termsOf({ state, ancestors, documents }: ReceivableEvidence): PartTerms | undefined {
  if (ancestors.length === 0) return undefined;
  const shown = documents.find(({ root }) => root === state.commitment);
  return shown && readPart(new Map(shown.disclosure.fields.map(({ path, value }) => [path, value])));
}

const namesIts = ({ receivable, log }: AncestorEvidence, { parent, parentConfirmation }: PartTerms): boolean =>
  parent === receivable && parentConfirmation === log[0]?.commitment;

const broken = (message: string): Fragment => invalid('ISSUANCE', 'PART_LINEAGE_BROKEN', message);
