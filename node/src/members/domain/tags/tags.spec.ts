import { createSecretKey, type KeyObject } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import fc from 'fast-check';
import { toBytes, toHex, type Hex } from '../../../kernel/hex.js';
import { keccak256 } from '../../../kernel/keccak.js';
import { Problem } from '../../../kernel/problem.js';
import {
  checkFingerprint,
  checkOrderTag,
  type InvoiceIdentity,
  makeFingerprint,
  makeOrderTag,
  normaliseDate,
  normaliseEntity,
  normaliseNumber,
  postingTag,
  splitEntity,
  tagPublicKey,
} from '../tags.js';
import { verifyTag } from './bls.js';
import { invoiceMessage } from './identity.js';

const SECRET = `0x${'17'.repeat(32)}` as Hex;
const OTHER = `0x${'2b'.repeat(32)}` as Hex;
const REGISTRY = `0x${'d0'.repeat(32)}` as Hex;
const INVOICE: InvoiceIdentity = {
  issuer: '0088:5790000000000',
  obligor: 'GB:VAT 123',
  number: 'INV-0042',
  issueDate: '2026-02-03',
};

const tag = (change: Partial<InvoiceIdentity> = {}, secret = SECRET, registry = REGISTRY) =>
  makeFingerprint(secret, registry, { ...INVOICE, ...change }).tag;

describe('an identity', () => {
  it.each([
    [{ number: 'inv-0042' }],
    [{ number: ' INV 42 ' }],
    [{ number: 'INV/00042' }],
    [{ number: 'ＩＮＶ－００４２' }],
    [{ issueDate: '2026-02-03T10:11:12Z' }],
    [{ issueDate: '2026-02-03+02:00' }],
    [{ issueDate: '20260203' }],
    [{ issueDate: '03.02.2026' }],
    [{ issueDate: '2026年2月3日' }],
    [{ issuer: '0088: 579 0000 0000 00' }],
    [{ obligor: 'gb:vat123' }],
  ])('is the same however it is written: %j', (change) => {
    expect(tag(change)).toBe(tag());
  });

  it.each([
    [{ number: 'INV-420' }],
    [{ number: 'INV-4-2' }],
    [{ issueDate: '2026-03-02' }],
    [{ issuer: '0088:5790000000001' }],
    [{ issuer: INVOICE.obligor, obligor: INVOICE.issuer }],
  ])('differs by what it names: %j', (change) => {
    expect(tag(change)).not.toBe(tag());
  });

  it('keeps two runs of digits apart, and a zero that is all there is', () => {
    expect(normaliseNumber('1-11')).not.toBe(normaliseNumber('11-1'));
    expect(normaliseNumber('A-000')).toBe('A0');
    expect(normaliseNumber('PO 2026/0007-b')).toBe('PO2026-7B');
  });

  it('normalises what is normal already to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(/[\p{L}\p{M}\p{N}]/u.test(text.normalize('NFKC')));
        const normal = normaliseNumber(text);
        expect(normaliseNumber(normal)).toBe(normal);
      }),
    );
  });

  it.each(['01/02/2026', '2026-02-30', '2026-13-01', '', 'today', '2026-2'])('refuses %j as a date', (date) => {
    expect(() => normaliseDate(date)).toThrow('DOCUMENT_IDENTITY_UNUSABLE');
  });

  it('refuses numbers without letter or digit and entities without id', () => {
    expect(() => normaliseNumber(' -/- ')).toThrow('DOCUMENT_IDENTITY_UNUSABLE');
    expect(() => normaliseEntity('0088')).toThrow('DOCUMENT_IDENTITY_UNUSABLE');
    expect(() => normaliseEntity('0088: ')).toThrow('DOCUMENT_IDENTITY_UNUSABLE');
    expect(splitEntity('urn:x:y')).toEqual({ scheme: 'URN', id: 'X:Y' });
  });
});

describe('a fingerprint', () => {
  const made = makeFingerprint(SECRET, REGISTRY, INVOICE);
  const key = tagPublicKey(SECRET);
  const code = (check: () => void) => {
    try {
      check();
      return 'fine';
    } catch (error) {
      return error instanceof Problem ? error.code : String(error);
    }
  };

  it('is what an independent implementation of BLS12-381 makes', () => {
    const bls = bls12_381.longSignatures;
    const message = bls.hash(invoiceMessage(REGISTRY, INVOICE), 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_');
    const signature = bls.Signature.toBytes(bls.sign(message, toBytes(SECRET)));
    expect(made.signature).toBe(toHex(signature));
    expect(made.tag).toBe(toHex(keccak256(signature)));
    expect(key).toBe(toHex(bls.getPublicKey(toBytes(SECRET)).toBytes(true)));
  });

  it('is checked by whoever holds invoice and key', () => {
    expect(code(() => checkFingerprint(key, REGISTRY, { ...INVOICE, number: 'inv42' }, made))).toBe('fine');
  });

  it('differs by key and by registry', () => {
    expect(new Set([tag(), tag({}, OTHER), tag({}, SECRET, `0x${'d1'.repeat(32)}`)]).size).toBe(3);
  });

  it.each([
    ['of another invoice', () => checkFingerprint(key, REGISTRY, { ...INVOICE, number: 'INV-43' }, made)],
    ['by another key', () => checkFingerprint(tagPublicKey(OTHER), REGISTRY, INVOICE, made)],
    ['whose tag is another', () => checkFingerprint(key, REGISTRY, INVOICE, { ...made, tag: `0x${'00'.repeat(32)}` })],
    [
      'with a signature that is no point',
      () => checkFingerprint(key, REGISTRY, INVOICE, forge(`0x${'ff'.repeat(96)}`)),
    ],
    [
      'at infinity',
      () => checkFingerprint(`0xc0${'00'.repeat(47)}`, REGISTRY, INVOICE, forge(`0xc0${'00'.repeat(95)}`)),
    ],
  ])('is false %s', (_, check) => {
    expect(code(check)).toBe('FINGERPRINT_FALSE');
  });

  it('is not taken in another encoding, which would give the invoice a second tag', () => {
    const bls = bls12_381.longSignatures;
    const long = toHex(bls.Signature.fromBytes(toBytes(made.signature)).toBytes(false));
    expect(verifyTag(key, invoiceMessage(REGISTRY, INVOICE), forge(long))).toBe(false);
  });
});

describe('an order tag', () => {
  it('names buyer and number, not the seller, and is no fingerprint', () => {
    const order = { buyer: 'GLN:1', number: 'PO-7' };
    const made = makeOrderTag(SECRET, REGISTRY, order);
    expect(() =>
      checkOrderTag(tagPublicKey(SECRET), REGISTRY, { buyer: 'gln: 1', number: 'po 007' }, made),
    ).not.toThrow();
    expect(() => checkOrderTag(tagPublicKey(SECRET), REGISTRY, { ...order, number: 'PO-8' }, made)).toThrow(Problem);
  });
});

describe('a posting tag', () => {
  it('is equal for equal numbers, and differs by secret and registry', () => {
    const [secret, other] = [SECRET, OTHER].map((each) => createSecretKey(toBytes(each))) as [KeyObject, KeyObject];
    const made = postingTag(secret, REGISTRY, 'PO-0007');
    expect(made).toMatch(/^0x[0-9a-f]{64}$/);
    expect(postingTag(secret, REGISTRY, 'po7')).toBe(made);
    expect(postingTag(other, REGISTRY, 'po7')).not.toBe(made);
    expect(postingTag(secret, OTHER, 'po7')).not.toBe(made);
  });
});

function forge(signature: Hex) {
  return { signature, tag: toHex(keccak256(toBytes(signature))) };
}
