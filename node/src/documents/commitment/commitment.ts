import { randomBytes } from 'node:crypto';
import { cutFrom, type Disclosure, type Field } from '../../kernel/disclosure.js';
import { toBytes, toHex } from '../../kernel/hex.js';
import type { Root, Seed } from '../../kernel/ids.js';
import { fieldLeaf, MerkleTree } from '../../kernel/merkle.js';
import { defineProblem } from '../../kernel/problem.js';
import { hmacUnder } from './salts.js';
import { select, type Selection } from './select.js';

const pathRepeated = defineProblem({
  code: 'COMMITMENT_PATH_REPEATED',
  status: 422,
  title: 'A commitment cannot hold two fields of one path',
});
export const fieldMissing = defineProblem({
  code: 'DISCLOSURE_FIELD_MISSING',
  status: 422,
  title: 'The document has no such field to disclose',
});

/** 32 new random bytes. Each version of each document has its own: with a seed used twice, equal fields would show. */
export function newSeed(): Seed {
  return toHex(randomBytes(32)) as Seed;
}

/** What a root is computed of. */
export interface Uncommitted {
  readonly fields: readonly Field[];
  readonly seed: Seed;
}

/** A document's fields committed to. The root says nothing of them to whoever lacks the seed (rule 9). */
export class Commitment {
  private readonly index = new Map<string, number>();
  private readonly salts: readonly Uint8Array[];
  private readonly leaves: readonly Uint8Array[];
  private readonly tree: MerkleTree;

  /** Throws COMMITMENT_PATH_REPEATED; RangeError without fields. */
  constructor(
    readonly fields: readonly Field[],
    seed: Seed,
  ) {
    const hmac = hmacUnder(toBytes(seed));
    this.salts = fields.map(({ path }) => hmac(path));
    this.leaves = fields.map(({ path, value }, i) => {
      if (this.index.has(path)) throw pathRepeated(`${path} occurs twice`, { path });
      this.index.set(path, i);
      return fieldLeaf(this.salts[i]!, path, value);
    });
    this.tree = new MerkleTree(padded(this.leaves, hmac));
  }

  get root(): Root {
    return toHex(this.tree.root) as Root;
  }

  /**
   * The fields selected, with their salts and one proof; an array that is selected as a whole brings its length.
   * Throws DISCLOSURE_FIELD_MISSING when nothing is selected, or nothing by a pointer that was asked for by name.
   */
  disclose(selection: Selection): Disclosure {
    const { paths, unmatched } = select(this.fields, selection);
    if (unmatched.length > 0) throw fieldMissing(`no field at ${unmatched.join(', ')}`, { pointers: unmatched });
    if (paths.length === 0) throw fieldMissing('the document has none of the fields asked for');
    return this.open(paths);
  }

  /** Exactly the fields at these paths, each of which the document has, with their salts and one proof. */
  open(paths: readonly string[]): Disclosure {
    const indices = paths.map((path) => this.index.get(path)!);
    const { proof, flags } = this.tree.multiproof(indices);
    const fields = indices
      .sort((a, b) => Buffer.compare(this.leaves[a]!, this.leaves[b]!))
      .map((i) => ({ ...this.fields[i]!, salt: toHex(this.salts[i]!) }));
    return cutFrom(this.root, { fields, proof: proof.map(toHex), flags });
  }
}

/** Commits to these fields under this seed; whoever has both comes to the same root. */
export function commit(fields: readonly Field[], seed: Seed): Commitment {
  return new Commitment(fields, seed);
}

/**
 * Up to a power of two with leaves that look like any other, so that the tree tells no exact count. They come from the
 * seed, so that who receives the document can rebuild the root; no pointer starts as their names do.
 */
function padded(leaves: readonly Uint8Array[], hmac: (message: string) => Uint8Array): readonly Uint8Array[] {
  const missing = 2 ** Math.ceil(Math.log2(leaves.length)) - leaves.length;
  return [...leaves, ...Array.from({ length: missing }, (_, i) => hmac(`padding/${i}`))];
}
