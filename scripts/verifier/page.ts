/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { verifyFile } from '../../node/src/proofs/verify/verify-file.js';
import { type Pinned, readPinned, readProof } from './given-files.js';
import { parseMaxAge } from './max-age.js';
import { element, pinnedElements, quoted, verdictElements } from './page-elements.js';
import { reasonOf } from './reason-of.js';

const find = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;

/** What is judged, and by what. They come by fields of their own: a proof's sender must not say whom its reader trusts. */
const given: { proof?: readonly File[]; trust?: Promise<Pinned> } = {};

function take(files: readonly File[]): void {
  given.proof = files;
  const names = files.flatMap((file, i) => [i > 0 ? ', ' : '', quoted(file.name)]);
  find('proof').replaceChildren(element('span', 'Proof: ', ...names));
  void judge();
}

function pin(files: readonly File[]): void {
  const before = given.trust;
  given.trust = readPinned(files);
  void showPinned(before, given.trust);
  void judge();
}

/** One in whose place nothing usable came is in force no more. */
async function showPinned(before: Promise<Pinned> | undefined, trust: Promise<Pinned>): Promise<void> {
  const out = find('pinned');
  out.replaceChildren();
  const [was, is] = await Promise.allSettled([before, trust]);
  if (given.trust !== trust) return;
  const replaced = was.status === 'fulfilled' ? was.value : undefined;
  out.replaceChildren(
    ...(is.status === 'fulfilled' ? pinnedElements(is.value, replaced) : [element('p', 'No trust file.')]),
  );
}

/** What is shown: how it came out, and the elements that say so. */
interface Outcome {
  readonly outcome: 'waiting' | 'valid' | 'invalid' | 'unusable';
  readonly elements: readonly HTMLElement[];
}

let asked = 0;

/** Of two at once the one asked for last is shown, and none of before meanwhile. */
async function judge(): Promise<void> {
  const mine = ++asked;
  put(waiting('Judging …'));
  const found = await outcomeOf();
  if (mine === asked) put(found);
}

function put({ outcome, elements }: Outcome): void {
  const out = find('verdict');
  out.dataset['outcome'] = outcome;
  out.replaceChildren(...elements);
}

/** Whatever goes wrong is said: an empty page would tell nobody that nothing was judged. */
async function outcomeOf(): Promise<Outcome> {
  try {
    const [proof, pinned] = await Promise.all([given.proof && readProof(given.proof), given.trust]);
    if (!proof || !pinned)
      return waiting(`Nothing is judged yet: ${proof ? 'your trust file' : 'a proof'} is missing.`);
    const maxAge = parseMaxAge(find<HTMLSelectElement>('age').value) ?? null;
    const age = maxAge === null ? undefined : { now: Math.floor(Date.now() / 1000), max: maxAge };
    const verdict = await verifyFile(proof, { trust: pinned.trust, age });
    return { outcome: verdict.valid ? 'valid' : 'invalid', elements: verdictElements(verdict) };
  } catch (error) {
    const { code, message } = reasonOf(error);
    return { outcome: 'unusable', elements: [element('h2', `Cannot be judged. ${message}`), element('p', code)] };
  }
}

const waiting = (why: string): Outcome => ({ outcome: 'waiting', elements: [element('p', why)] });

addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  const own = event.target instanceof Element && event.target.closest('#own') !== null;
  (own ? pin : take)([...(event.dataTransfer?.files ?? [])]);
});
for (const [id, use] of [
  ['trust', pin],
  ['pick', take],
] as const) {
  const input = find<HTMLInputElement>(id);
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    // Else the same path, picked again with another file there, would be no change.
    input.value = '';
    use(files);
  });
}
find('age').addEventListener('change', () => void judge());
put({ outcome: 'waiting', elements: [] });
