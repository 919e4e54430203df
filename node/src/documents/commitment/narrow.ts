import type { Disclosure } from '../../kernel/disclosure.js';
import { fieldLeaf, hashPair } from '../../kernel/merkle.js';
import { toBytes, toHex } from '../../kernel/hex.js';
import { fieldMissing } from './commitment.js';
import { select, type Selection } from './select.js';

interface Node {
  readonly hash: Uint8Array;
  /** Whether a field that is kept is below it. */
  readonly known: boolean;
}

/**
 * A disclosure of fewer fields, made from a disclosure alone: whoever received some fields can show some of them on, and
 * they open the same commitment. The same, byte for byte, as the document's own maker would make it. Throws
 * DISCLOSURE_FIELD_MISSING for a pointer that selects none of its fields. The disclosure given must be valid.
 */
export function narrow(disclosure: Disclosure, selection: Selection): Disclosure {
  const { paths, unmatched } = select(disclosure.fields, selection);
  if (unmatched.length > 0) throw fieldMissing(`not shown: ${unmatched.join(', ')}`, { pointers: unmatched });
  if (paths.length === 0) throw fieldMissing('none of the fields asked for is shown');
  const wanted = new Set(paths);
  const queue: Node[] = disclosure.fields.map(({ salt, path, value }) => {
    return { hash: fieldLeaf(toBytes(salt), path, value), known: wanted.has(path) };
  });
  const given: Node[] = disclosure.proof.map((hash) => ({ hash: toBytes(hash), known: false }));
  const proof: string[] = [];
  const flags: boolean[] = [];
  let [at, used] = [0, 0];
  // The same walk as the proof's own: what is below no field that is kept becomes a hash of the new proof.
  for (const flag of disclosure.flags) {
    const first = queue[at++]!;
    const second = flag ? queue[at++]! : given[used++]!;
    const known = first.known || second.known;
    if (known) {
      flags.push(first.known && second.known);
      const other = [first, second].find((node) => !node.known);
      if (other) proof.push(toHex(other.hash));
    }
    queue.push({ hash: hashPair(first.hash, second.hash), known });
  }
  const fields = disclosure.fields.filter(({ path }) => wanted.has(path));
  return { fields, proof: proof as Disclosure['proof'], flags };
}
