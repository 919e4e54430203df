import { createHmac } from 'node:crypto';
import { SimpleMerkleTree, StandardMerkleTree } from '@openzeppelin/merkle-tree';
import fc from 'fast-check';
import { frozen, verifyDisclosure, wholeArray, type Disclosure } from '../../kernel/disclosure.js';
import { toHex, type Hex } from '../../kernel/hex.js';
import type { Seed } from '../../kernel/ids.js';
import { fieldLeaf } from '../../kernel/merkle.js';
import { commit, newSeed } from './commitment.js';
import { flatten } from '../canonical/flatten.js';
import { Profiles } from '../profiles.js';
import { PROFILES } from './profiles.js';

const SEED = `0x${'5e'.repeat(32)}` as Seed;
const FIELDS = [
  { path: '/kind', value: 'ORDER' },
  { path: '/schema', value: 'tradeproof/1' },
  { path: '/version', value: '1' },
  { path: '/number', value: 'PO-7' },
  { path: '/amount', value: '107.50' },
  { path: '/buyer/id', value: 'X' },
  { path: '/buyer/name', value: 'Käufer' },
  { path: '/lines/-', value: '2' },
  { path: '/lines/0/id', value: '1' },
  { path: '/lines/0/quantity', value: '10' },
  { path: '/lines/1/id', value: '2' },
  { path: '/lines/1/quantity', value: '5' },
];
const paths = ({ fields }: Disclosure) => fields.map(({ path }) => path).sort();
const code = (code: string) => expect.objectContaining({ code });

describe('a commitment', () => {
  const commitment = commit(FIELDS, SEED);

  it('is OpenZeppelin tree of salted fields, padded to a power of two from the seed', () => {
    const hmac = (message: string) => createHmac('sha256', Buffer.alloc(32, 0x5e)).update(message).digest();
    const leaves = FIELDS.map(({ path, value }) => toHex(fieldLeaf(hmac(path), path, value)));
    const padding = [0, 1, 2, 3].map((i) => toHex(hmac(`padding/${i}`)));
    expect(commitment.root).toBe(SimpleMerkleTree.of([...leaves, ...padding]).root);
    const eight = FIELDS.slice(0, 8);
    const theirs = eight.map(({ path, value }) => [toHex(hmac(path)), path, value]);
    expect(commit(eight, SEED).root).toBe(StandardMerkleTree.of(theirs, ['bytes32', 'string', 'string']).root);
  });

  it('gives the same root for the same seed and another for another', () => {
    expect(commit([...FIELDS].reverse(), SEED).root).toBe(commit([...FIELDS].reverse(), SEED).root);
    expect(commit(FIELDS, newSeed()).root).not.toBe(commitment.root);
    expect(commit(FIELDS.slice(1), SEED).root).not.toBe(commitment.root);
  });

  it('gives disclosures that nobody changes, and a copy of one is hashed as any other', () => {
    const disclosure = commitment.disclose(['']);
    expect(verifyDisclosure(disclosure, commitment.root)).toMatchObject({ valid: true });
    expect(verifyDisclosure(disclosure, commit(FIELDS, newSeed()).root)).toMatchObject({ code: 'DISCLOSURE_MISMATCH' });
    expect(() => Object.assign(disclosure.fields[0]!, { value: '1' })).toThrow(TypeError);
    expect(() => (disclosure.fields as unknown[]).pop()).toThrow(TypeError);
    const copy = structuredClone(disclosure);
    expect(verifyDisclosure(copy, commitment.root)).toMatchObject({ valid: true });
    Object.assign(copy.fields[0]!, { value: '1' });
    expect(verifyDisclosure(copy, commitment.root)).toMatchObject({ code: 'DISCLOSURE_MISMATCH' });
  });

  it('freezes what is kept, and takes it for no other root, nor for whole what is not, however often it is asked', () => {
    const copy = () => structuredClone(commitment.disclose(['/amount']));
    const kept = frozen(copy());
    expect(() => Object.assign(kept.fields[0]!, { value: '1' })).toThrow(TypeError);
    for (let time = 1; time <= 2; time++) {
      expect(verifyDisclosure(kept, newSeed())).toEqual(code('DISCLOSURE_MISMATCH'));
      expect(verifyDisclosure(kept, commitment.root)).toMatchObject({ valid: true });
    }
    const wrong = copy();
    const altered = frozen({ ...wrong, fields: wrong.fields.map((field) => ({ ...field, value: '1' })) });
    const longer = frozen({ ...copy(), more: 1 } as Disclosure);
    for (let time = 1; time <= 2; time++) {
      expect(verifyDisclosure(altered, commitment.root)).toEqual(code('DISCLOSURE_MISMATCH'));
      expect(verifyDisclosure(longer, commitment.root)).toEqual(code('DISCLOSURE_MALFORMED'));
    }
  });

  it('refuses a path twice, and nothing at all', () => {
    expect(() => commit([...FIELDS, { path: '/amount', value: '1.00' }], SEED)).toThrow(
      code('COMMITMENT_PATH_REPEATED'),
    );
    expect(() => commit([], SEED)).toThrow(RangeError);
  });

  it('opens what is asked for, with what says what it is', () => {
    expect(paths(commitment.disclose(['/amount']))).toEqual(['/amount', '/kind', '/schema', '/version']);
    expect(paths(commitment.disclose(['/buyer']))).toEqual([
      '/buyer/id',
      '/buyer/name',
      '/kind',
      '/schema',
      '/version',
    ]);
    expect(commitment.disclose(['']).fields).toHaveLength(FIELDS.length);
    expect(commitment.disclose(PROFILES.AUDIT).fields).toHaveLength(FIELDS.length);
  });

  it('gives a whole array with its length', () => {
    const disclosure = commitment.disclose(['/lines/*/quantity']);
    expect(paths(disclosure)).toEqual([
      '/kind',
      '/lines/-',
      '/lines/0/quantity',
      '/lines/1/quantity',
      '/schema',
      '/version',
    ]);
    const verdict = verifyDisclosure(disclosure, commitment.root);
    expect(verdict.valid && wholeArray(verdict.fields, '/lines')).toEqual([
      new Map([['/quantity', '10']]),
      new Map([['/quantity', '5']]),
    ]);
  });

  it('does not pass off some elements as the whole array', () => {
    const lines = (pointers: string[]) => {
      const verdict = verifyDisclosure(commitment.disclose(pointers), commitment.root);
      return verdict.valid && wholeArray(verdict.fields, '/lines');
    };
    expect(lines(['/lines/0'])).toBeNull();
    expect(lines(['/lines/0', '/lines/-'])).toBeNull();
    expect(lines(['/lines'])).toHaveLength(2);
  });

  it('looks no further at a length that what is shown cannot fill', () => {
    let looks = 0;
    class Shown extends Map<string, string> {
      override [Symbol.iterator]() {
        looks++;
        return super[Symbol.iterator]();
      }
    }
    const shown = new Shown().set('/kind', 'RECEIPT').set('/lines/-', '999999');
    expect([wholeArray(shown, '/lines'), looks]).toEqual([null, 0]);
    expect([wholeArray(shown.set('/lines/-', '0'), '/lines'), looks]).toEqual([[], 1]);
  });

  it('shows for a credit decision whom an invoice says to pay by number, never by name', () => {
    const payTo = { id: 'FACTOR', scheme: '0002', name: 'Some Factor' };
    const invoice = commit(flatten({ kind: 'INVOICE', version: 1, has: 'payTo', payTo }), SEED);
    const shown = paths(invoice.disclose(PROFILES.CREDIT_DECISION)).sort();
    expect(shown).toEqual(['/has', '/kind', '/payTo/id', '/payTo/scheme', '/version']);
    const former = new Profiles().require('CREDIT_DECISION', 1);
    expect(paths(invoice.disclose(former)).sort()).toEqual(['/kind', '/version']);
    expect(new Profiles().require('CREDIT_DECISION')).toBe(PROFILES.CREDIT_DECISION);
  });

  it('names no field that is not there, but a profile may', () => {
    expect(() => commitment.disclose(['/amount', '/nothing'])).toThrow(code('DISCLOSURE_FIELD_MISSING'));
    expect(() => commitment.disclose(['/am'])).toThrow(code('DISCLOSURE_FIELD_MISSING'));
    expect(paths(commitment.disclose(PROFILES.CREDIT_DECISION))).toContain('/lines/1/quantity');
    expect(paths(commitment.disclose(PROFILES.CREDIT_DECISION))).not.toContain('/buyer/name');
    expect(paths(commitment.disclose(PROFILES.TRACKING))).not.toContain('/amount');
  });
});

describe('verifyDisclosure', () => {
  const verdictOn = (...fields: { path: string; value: string }[]) => {
    const made = commit(fields, SEED);
    return verifyDisclosure(structuredClone(made.disclose([''])), made.root);
  };

  it('takes an index that is written in two ways for no two elements', () => {
    const array = [
      { path: '/lines/-', value: '1' },
      { path: '/lines/0/id', value: '1' },
    ];
    expect(verdictOn(...array)).toMatchObject({ valid: true });
    expect(verdictOn(...array, { path: '/lines/00/id', value: '2' })).toMatchObject({
      code: 'DISCLOSURE_INCONSISTENT',
    });
  });

  it('looks through long paths soon', () => {
    const long = Array.from({ length: 320 }, (_, i) => ({ path: `/${i}${'/1'.repeat(1_000)}`, value: 'x' }));
    // The best of some tries: a busy machine may be slow at any of them.
    let took = Infinity;
    for (let tries = 0; tries < 10 && took >= 1_500; tries++) {
      const began = performance.now();
      expect(verdictOn({ path: '/lines/-', value: '0' }, ...long)).toMatchObject({ valid: true });
      took = Math.min(took, performance.now() - began);
    }
    expect(took).toBeLessThan(1_500);
  });

  const disclosure = commit(FIELDS, SEED).disclose(['/amount', '/lines/0']);
  const { root } = commit(FIELDS, SEED);
  const verdictOf = (changed: unknown) => verifyDisclosure(changed, root);

  it('opens to the disclosed values', () => {
    const verdict = verdictOf(JSON.parse(JSON.stringify(disclosure)));
    expect(verdict.valid && verdict.fields.get('/amount')).toBe('107.50');
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no fields', { ...disclosure, fields: [] }],
    ['a further member', { ...disclosure, note: 'trust me' }],
    ['capital hex', { ...disclosure, proof: disclosure.proof.map((each) => each.toUpperCase()) }],
    ['a number for a value', { ...disclosure, fields: disclosure.fields.map((f) => ({ ...f, value: 1 })) }],
    ['no pointer', { ...disclosure, fields: disclosure.fields.map((f) => ({ ...f, path: 'amount' })) }],
    ['fields in another order', { ...disclosure, fields: [...disclosure.fields].reverse() }],
  ])('refuses %s', (_, changed) => expect(verdictOf(changed)).toMatchObject({ valid: false }));

  it('refuses a lone surrogate that would be hashed as U+FFFD', () => {
    const fields = [{ path: '/note', value: '\ufffd' }];
    const own = commit(fields, SEED);
    const opened = own.disclose(['/note']);
    expect(verifyDisclosure(opened, own.root).valid).toBe(true);
    const forged = { ...opened, fields: opened.fields.map((f) => ({ ...f, value: '\ud800' })) };
    expect(verifyDisclosure(forged, own.root)).toMatchObject({ code: 'DISCLOSURE_MALFORMED' });
  });

  it('refuses what its maker committed to in contradiction', () => {
    const surplus = commit([...FIELDS, { path: '/lines/2/id', value: '3' }], SEED);
    expect(verifyDisclosure(surplus.disclose(['/lines']), surplus.root)).toMatchObject({
      code: 'DISCLOSURE_INCONSISTENT',
    });
  });

  it('refuses each of 10,000 mutations and takes what is not mutated', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((each) => each !== '-');
    const document = fc
      .uniqueArray(text, { minLength: 1, maxLength: 12, selector: pointer })
      .chain((names) => fc.tuple(...names.map((name) => text.map((value) => ({ path: pointer(name), value })))));
    let mutated = 0;
    fc.assert(
      fc.property(document, fc.nat(), fc.infiniteStream(fc.nat()), (fields, seed, random) => {
        const commitment = commit(fields, `0x${seed.toString(16).padStart(64, '0')}` as Seed);
        const chosen = fields.filter((_, i) => i === 0 || random.next().value! % 2 === 0).map(({ path }) => path);
        const original = commitment.disclose(chosen);
        expect(verifyDisclosure(original, commitment.root).valid).toBe(true);
        for (let i = 0; i < 10; i++) {
          const changed = mutate(original, () => random.next().value!);
          if (JSON.stringify(changed) === JSON.stringify(original)) continue;
          mutated++;
          expect(verifyDisclosure(changed, commitment.root)).toMatchObject({ valid: false });
        }
      }),
      { numRuns: 2_000 },
    );
    expect(mutated).toBeGreaterThanOrEqual(10_000);
  });
});

const pointer = (name: string) => `/${name.normalize('NFC').replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** One small change somewhere: a character, an element doubled, dropped, swapped or moved, a flag turned. */
function mutate(original: Disclosure, random: () => number): unknown {
  const copy = JSON.parse(JSON.stringify(original)) as {
    fields: Record<string, string>[];
    proof: Hex[];
    flags: boolean[];
  };
  const { fields, proof, flags } = copy;
  const any = <T>(list: readonly T[]) => random() % Math.max(list.length, 1);
  const field = fields[any(fields)]!;
  switch (random() % 9) {
    case 0:
      field['value'] = bend(field['value']!, random());
      break;
    case 1:
      field['path'] = bend(field['path']!, random());
      break;
    case 2:
      field['salt'] = bend(field['salt']!, random());
      break;
    case 3:
      if (proof.length > 0) proof[any(proof)] = bend(proof[any(proof)]!, random()) as Hex;
      break;
    case 4:
      if (flags.length > 0) flags[any(flags)] = random() % 2 === 0;
      break;
    case 5:
      proof.splice(any(proof), random() % 2, field['salt'] as Hex);
      break;
    case 6:
      fields.splice(any(fields), 1, ...(random() % 2 === 0 ? [field, field] : []));
      break;
    case 7:
      fields.push(...fields.splice(any(fields), 1));
      break;
    default:
      proof.push(...proof.splice(any(proof), 1));
      flags.push(...flags.splice(any(flags), 1));
  }
  return copy;
}

function bend(text: string, random: number): string {
  const at = random % (text.length + 1);
  return `${text.slice(0, at)}${String.fromCharCode(32 + (random % 400))}${text.slice(at + (random % 2))}`;
}
