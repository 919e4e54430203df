/// <reference lib="dom" />
import { type FileVerdict } from '../../node/src/proofs/verify/verify-file.js';
import type { Pinned } from './given-files.js';
import { printable } from './printable.js';
import { headline, MARKS, pinsOf, QUESTIONS, restsOn, saying } from './words.js';

/** Text is set as text, as it stands: nothing in a file can become markup, or turn about the words beside it. */
export function element(name: string, ...content: (string | HTMLElement)[]): HTMLElement {
  const made = document.createElement(name);
  made.append(...content.map((each) => (typeof each === 'string' ? printable(each) : each)));
  return made;
}

/** A name in the midst of a line, which may be in another direction. */
export const quoted = (name: string): HTMLElement => element('bdi', name);

export function verdictElements(verdict: FileVerdict): HTMLElement[] {
  const rows = verdict.fragments.map(({ kind, status, reason: { code, message } }) => {
    const answer = status === 'VALID' ? message : `${message} [${code}]`;
    const row = element('tr', element('th', QUESTIONS[kind]), element('td', MARKS[status]), element('td', answer));
    row.dataset['kind'] = kind;
    row.dataset['status'] = status;
    return row;
  });
  const said = saying(verdict).map((line) => element('p', line));
  return [element('h2', headline(verdict)), element('table', ...rows), ...said, element('p', restsOn(verdict))];
}

/** What the reader pins, and in place of what. */
export function pinnedElements(pinned: Pinned, before: Pinned | undefined): HTMLElement[] {
  const what = element('p', 'Trust file ', quoted(pinned.name), `: ${pinsOf(pinned.trust)}.`);
  if (!before) return [what];
  return [what, element('p', 'It took the place of ', quoted(before.name), `: ${pinsOf(before.trust)}.`)];
}
