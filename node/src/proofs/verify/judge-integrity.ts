import { verifyDisclosure } from '../../kernel/disclosure.js';
import type { ShownDocument } from './evidence.js';
import { type Fragment, invalid, skipped, valid } from './fragment.js';

/**
 * Each document shown opens its commitment, and that commitment is one that the chain has for this object: `expected`
 * names what each stands for.
 */
export function judgeIntegrity(documents: readonly ShownDocument[], expected: ReadonlyMap<string, string>): Fragment {
  if (documents.length === 0)
    return skipped('INTEGRITY', 'NOTHING_SHOWN', 'No field of any document was shown, so there is nothing to open.');
  let fields = 0;
  for (const { kind, root, disclosure } of documents) {
    const name = expected.get(root);
    if (name === undefined)
      return invalid(
        'INTEGRITY',
        'COMMITMENT_UNKNOWN',
        `A document (${kind}) belongs to no commitment of this object.`,
        { kind, root },
      );
    const verdict = verifyDisclosure(disclosure, root);
    if (!verdict.valid)
      return invalid('INTEGRITY', verdict.code, `The document of ${name}: ${verdict.message}.`, { kind, root });
    fields += verdict.fields.size;
  }
  return valid('INTEGRITY', `${fields} fields of ${documents.length} documents open their commitments.`, {
    documents: documents.map(({ kind, root }) => ({ kind, root, is: expected.get(root) })),
    fields,
  });
}
