import { readFileSync } from 'node:fs';
import { canonicalDecimal, canonicalJsonNumber } from '../kernel/decimal.js';
import { toBytes, toHex, type Hex } from '../kernel/hex.js';
import type { Seed } from '../kernel/ids.js';
import { fieldLeaf } from '../kernel/merkle.js';
import { canonicalAmount } from '../kernel/money.js';
import { hmacUnder } from './commitment/salts.js';
import {
  commit,
  commitmentFields,
  type Disclosure,
  type DocumentKind,
  importDocument,
  makeStatement,
  verifyDisclosure,
} from './index.js';
import type { StatementKind, StatementModel } from './model/statement.js';
import { canonicalText } from './source/text.js';

type Pairs = [string, string][];

function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../docs/spec/vectors/${name}.json`, import.meta.url), 'utf8')) as T;
}

describe('vectors of text', () => {
  const { accepted, refused } =
    vectors<Record<string, { why: string; in: string; out: string; code: string }[]>>('text');
  it.each(accepted!)('$why', (vector) => expect(canonicalText(vector.in)).toBe(vector.out));
  it.each(refused!)('refused: $why', (vector) => {
    expect(() => canonicalText(vector.in)).toThrow(expect.objectContaining({ code: vector.code }));
  });
});

describe('vectors of decimals', () => {
  const { quantities, jsonNumbers, amounts, refused } = vectors<{
    quantities: Pairs;
    jsonNumbers: Pairs;
    amounts: [string, string, string][];
    refused: Pairs;
  }>('decimals');
  it.each(quantities)('quantity %j', (text, expected) => expect(canonicalDecimal(text)).toBe(expected));
  it.each(jsonNumbers)('JSON number %s', (text, expected) => expect(canonicalJsonNumber(text)).toBe(expected));
  it.each(amounts)('amount %s %s', (text, currency, expected) =>
    expect(canonicalAmount(text, currency)).toBe(expected),
  );
  it.each(refused)('refused %s %j', (what, text) => {
    const read = what === 'quantity' ? canonicalDecimal : canonicalJsonNumber;
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'DECIMAL_INVALID' }));
  });
});

describe('vectors of documents', () => {
  const documents =
    vectors<{ why: string; mediaType: string; kind: DocumentKind; in: string; fields: Pairs }[]>('documents');
  it.each(documents)('$why', ({ mediaType, kind, in: text, fields }) => {
    const document = importDocument(Buffer.from(text), mediaType, { kind });
    const found = document.fields.map(({ path, value }) => [path, value]);
    expect(found.sort(([a], [b]) => (a! < b! ? -1 : 1))).toEqual(fields);
  });
});

describe('vectors of commitments', () => {
  const commitments = vectors<
    {
      why: string;
      seed: Hex;
      fields: Pairs;
      salts: Hex[];
      leaves: Hex[];
      padding: Hex[];
      root: Hex;
      disclosure: Disclosure;
    }[]
  >('commitments');
  it.each(commitments)('$why', ({ seed, fields, salts, leaves, padding, root, disclosure }) => {
    const hmac = hmacUnder(toBytes(seed));
    expect(fields.map(([path]) => toHex(hmac(path)))).toEqual(salts);
    expect(fields.map(([path, value], i) => toHex(fieldLeaf(toBytes(salts[i]!), path, value)))).toEqual(leaves);
    expect(padding.map((_, i) => toHex(hmac(`padding/${i}`)))).toEqual(padding);
    const commitment = commit(
      fields.map(([path, value]) => ({ path, value })),
      seed as Seed,
    );
    expect(commitment.root).toBe(root);
    expect(verifyDisclosure(disclosure, root)).toMatchObject({ valid: true });
    const whole = commitment.disclose(['']);
    expect(verifyDisclosure(whole, root)).toMatchObject({ valid: true });
    const asked = disclosure.fields.map(({ path }) => path);
    const always = ['/kind', '/schema', '/version'].filter((path) => fields.some(([own]) => own === path));
    if (always.every((path) => asked.includes(path))) expect(commitment.disclose(asked)).toEqual(disclosure);
  });
});

describe('vectors of statements', () => {
  const statements = vectors<
    {
      why: string;
      kind: StatementKind;
      content: StatementModel['content'];
      orders: Hex[];
      receivable: Hex;
      seed: Hex;
      fields: Pairs;
      root: Hex;
    }[]
  >('statements');
  it.each(statements)('$why', ({ kind, content, orders, receivable, seed, fields, root }) => {
    const found = commitmentFields(makeStatement(kind, content), { version: 1, orders, receivable });
    const pairs = found.map(({ path, value }) => [path, value]);
    expect(pairs.sort(([a], [b]) => (a! < b! ? -1 : 1))).toEqual(fields);
    expect(commit(found, seed as Seed).root).toBe(root);
  });
});
