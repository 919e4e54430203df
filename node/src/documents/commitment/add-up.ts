import type { Disclosure } from '../../kernel/disclosure.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { fieldLeaf, hashPair } from '../../kernel/merkle.js';

/** What a node of the tree is hashed with, and what comes of it. */
interface Step {
  readonly sibling: Hex;
  readonly parent: Hex;
}

/**
 * One disclosure with the fields of two of the same document: the same, byte for byte, as the document's own maker would make it. Both
 * must be valid.
 */
export function addUp(one: Disclosure, other: Disclosure): Disclosure {
  const steps = new Map<Hex, Step>();
  const leaves = new Map([one, other].flatMap((each) => walk(each, steps)));
  const ordered = [...leaves].sort(([a], [b]) => (a < b ? -1 : 1));
  if (ordered.length === one.fields.length) return one;
  if (ordered.length === other.fields.length) return other;
  const queue = ordered.map(([leaf]) => leaf);
  const proof: Hex[] = [];
  const flags: boolean[] = [];
  // The walk of the proof to be: what is beside a node is on the way of either, or is given by it. The root has nothing beside it.
  for (let at = 0, step = steps.get(queue[0]!); step; step = steps.get(queue[++at]!)) {
    const known = queue[at + 1] === step.sibling;
    flags.push(known);
    if (known) at++;
    else proof.push(step.sibling);
    queue.push(step.parent);
  }
  return { fields: ordered.map(([, field]) => field), proof, flags };
}

/** Notes the steps from a disclosure's fields to the root; the fields by their leaves. */
function walk({ fields, proof, flags }: Disclosure, steps: Map<Hex, Step>) {
  const leaves = fields.map((field) => {
    return [toHex(fieldLeaf(toBytes(field.salt), field.path, field.value)), field] as const;
  });
  const queue = leaves.map(([leaf]) => leaf);
  let [at, used] = [0, 0];
  for (const known of flags) {
    const first = queue[at++]!;
    const second = known ? queue[at++]! : proof[used++]!;
    const parent = toHex(hashPair(toBytes(first), toBytes(second)));
    steps.set(first, { sibling: second, parent }).set(second, { sibling: first, parent });
    queue.push(parent);
  }
  return leaves;
}
