import { verifyDisclosure } from '../../../kernel/disclosure.js';
import type { Hex } from '../../../kernel/hex.js';
import type { ShownDocument } from '../evidence.js';
import type { Shown } from './bundle.js';

/** The document at a commitment's place in a bundle; none where nothing is shown. */
export function shownAt(root: Hex, document: Shown): ShownDocument[] {
  if (document === null) return [];
  const kind = document.fields.find(({ path }) => path === '/kind')?.value ?? 'DOCUMENT';
  return [{ kind, root, disclosure: document }];
}

/** Fields of the documents that do open their commitments, by commitment: nothing else is believed. */
export function openedFields(documents: readonly ShownDocument[]): ReadonlyMap<Hex, ReadonlyMap<string, string>> {
  return new Map(
    documents.flatMap(({ root, disclosure }) => {
      const verdict = verifyDisclosure(disclosure, root);
      return verdict.valid ? [[root, verdict.fields] as const] : [];
    }),
  );
}
