/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { readTrust } from '../../node/src/proofs/verify/trust/trust.js';
import { type FileVerdict, verifyFile } from '../../node/src/proofs/verify/verify-file.js';
import { parseMaxAge } from './max-age.js';
import { reasonOf } from './reason-of.js';
import { headline, MARKS, QUESTIONS, restsOn, saying } from './words.js';

const find = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const given: { bundle?: File; trust?: File } = {};

/** Which of two files is the trust file: that one says so in its first member names. */
async function take(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    const text = await file.text();
    given[text.includes('"tradeproof-trust"') && !text.includes('"tradeproof-bundle"') ? 'trust' : 'bundle'] = file;
  }
  find('files').textContent = `Bundle: ${given.bundle?.name ?? '—'} · Trust file: ${given.trust?.name ?? '—'}`;
  await judge();
}

/** What is shown: how it came out, and the elements that say so. */
interface Outcome {
  readonly outcome: 'valid' | 'invalid' | 'unusable';
  readonly elements: readonly HTMLElement[];
}

let asked = 0;

/** Of two at once the one asked for last is shown. */
async function judge(): Promise<void> {
  const { bundle, trust } = given;
  if (!bundle || !trust) return;
  const mine = ++asked;
  put({ outcome: 'waiting', elements: [] });
  const found = await outcomeOf(bundle, trust);
  if (mine === asked) put(found);
}

function put({ outcome, elements }: Outcome | { outcome: 'waiting'; elements: [] }): void {
  const out = find('verdict');
  out.dataset['outcome'] = outcome;
  out.replaceChildren(...elements);
}

/** Whatever goes wrong is said: an empty page would tell nobody that nothing was judged. */
async function outcomeOf(bundle: File, trust: File): Promise<Outcome> {
  try {
    const maxAge = parseMaxAge(find<HTMLSelectElement>('age').value) ?? null;
    const verdict = await verifyFile(new Uint8Array(await bundle.arrayBuffer()), {
      trust: readTrust(new Uint8Array(await trust.arrayBuffer())),
      age: maxAge === null ? undefined : { now: Math.floor(Date.now() / 1000), max: maxAge },
    });
    return { outcome: verdict.valid ? 'valid' : 'invalid', elements: elementsOf(verdict) };
  } catch (error) {
    const { code, message } = reasonOf(error);
    return { outcome: 'unusable', elements: [element('h2', `Cannot be judged. ${message}`), element('p', code)] };
  }
}

function elementsOf(verdict: FileVerdict): HTMLElement[] {
  const rows = verdict.fragments.map(({ kind, status, reason: { code, message } }) => {
    const row = element('tr', '');
    row.dataset['kind'] = kind;
    row.dataset['status'] = status;
    const answer = status === 'VALID' ? message : `${message} [${code}]`;
    row.append(element('th', QUESTIONS[kind]), element('td', MARKS[status]), element('td', answer));
    return row;
  });
  const table = element('table', '');
  table.append(...rows);
  const said = saying(verdict).map((line) => element('p', line));
  return [element('h2', headline(verdict)), table, ...said, element('p', restsOn(verdict))];
}

/** Text is set as text: nothing in a file can become markup. */
function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  void take(event.dataTransfer?.files ?? []);
});
find<HTMLInputElement>('pick').addEventListener('change', ({ target }) => {
  void take((target as HTMLInputElement).files ?? []);
});
find('age').addEventListener('change', () => void judge());
find('verdict').dataset['outcome'] = 'waiting';
