import { type Disclosure, verifyDisclosure } from '../../../kernel/disclosure.js';
import type { Hex } from '../../../kernel/hex.js';
import type { ShownDocument } from '../evidence.js';
import type { Shown } from './bundle.js';

export interface OpenedDocument {
  readonly root: Hex;
  readonly fields: ReadonlyMap<string, string>;
}

/** The document at a commitment's place in a bundle; none where nothing is shown. */
export function shownAt(root: Hex, document: Shown): ShownDocument[] {
  if (document === null) return [];
  const kind = document.fields.find(({ path }) => path === '/kind')?.value ?? 'DOCUMENT';
  return [{ kind, root, disclosure: document }];
}

/** The documents that do open their commitments, each with its fields: nothing else is believed. */
export function openedDocuments(documents: readonly ShownDocument[]): ReadonlyMap<Disclosure, OpenedDocument> {
  return new Map(
    documents.flatMap(({ root, disclosure }) => {
      const verdict = verifyDisclosure(disclosure, root);
      return verdict.valid ? [[disclosure, { root, fields: verdict.fields }] as const] : [];
    }),
  );
}
