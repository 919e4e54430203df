import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { CompactEncrypt, CompactSign, type JWK } from 'jose';
import { toHex, type Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import { type Envelope, hashLetter } from './envelope.js';
import { encryptionKey, type MessageKey, privateKey, verificationKey } from './message-keys.js';
import { readSigned, signerOf, unseal } from './open.js';
import { readReceipt, receiptSigner, signReceipt } from './receipt.js';
import { seal } from './seal.js';

const id = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as Hex;

async function pair(curve: 'Ed25519' | 'X25519', keyId: Hex): Promise<{ own: MessageKey; registered: MessageKey }> {
  const { privateKey: secret } = curve === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  const jwk = secret.export({ format: 'jwk' }) as JWK;
  const raw = toHex(Buffer.from(jwk.x!, 'base64url'));
  const registered = curve === 'Ed25519' ? await verificationKey(keyId, raw) : await encryptionKey(keyId, raw);
  return { own: await privateKey(keyId, jwk), registered };
}

const signing = await pair('Ed25519', id(1));
const receiving = await pair('X25519', id(2));
const envelope: Envelope = {
  v: 1,
  id: randomUUID(),
  domain: id(9),
  from: 1,
  to: 2,
  type: 'order.document',
  object: id(7),
  body: JSON.stringify({ number: 'PO-7', note: 'größer\u2028' }),
  block: 12,
  sealedAt: new Date(0).toISOString(),
};

async function open(sealed: string): Promise<Envelope> {
  const signed = await unseal(sealed, [receiving.own]);
  if (signerOf(signed) !== signing.registered.id) throw new Error('another signer');
  return readSigned(signed, signing.registered);
}

const code = (run: Promise<unknown>) =>
  run.then(
    () => 'fine',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

const sign = (payload: string, header: Record<string, unknown> = {}) =>
  new CompactSign(Buffer.from(payload))
    .setProtectedHeader({ alg: 'EdDSA', kid: id(1), typ: 'tradeproof-envelope+jws', ...header })
    .sign(signing.own.key);

const encrypt = (text: string, header: Record<string, unknown> = {}) =>
  new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({
      alg: 'ECDH-ES+A256KW',
      enc: 'A256GCM',
      kid: id(2),
      typ: 'tradeproof-envelope',
      cty: 'tradeproof-envelope+jws',
      ...header,
    })
    .encrypt(receiving.registered.key);

it('opens to what was sealed', async () => {
  expect(await open(await seal(envelope, signing.own, receiving.registered))).toEqual(envelope);
});

it('shows neither body nor sender on the way', async () => {
  const sealed = await seal(envelope, signing.own, receiving.registered);
  const visible = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  expect(visible.join('\n')).not.toMatch(/PO-7|order\.document|"from"/);
});

it('refuses an envelope changed anywhere', async () => {
  const sealed = await seal(envelope, signing.own, receiving.registered);
  const parts = sealed.split('.');
  for (const index of parts.keys()) {
    const bytes = Buffer.from(parts[index]!, 'base64url');
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    const changed = parts.with(index, bytes.toString('base64url')).join('.');
    expect(await code(open(changed))).toMatch(/^ENVELOPE_(UNREADABLE|KEY_UNKNOWN)$/);
  }
  expect(await code(open(parts.slice(0, 4).join('.')))).toBe('ENVELOPE_UNREADABLE');
  expect(await code(open('not an envelope'))).toBe('ENVELOPE_UNREADABLE');
});

it('refuses another signer than the header names', async () => {
  const { own } = await pair('Ed25519', id(1));
  expect(await code(open(await seal(envelope, own, receiving.registered)))).toBe('ENVELOPE_FORGED');
});

it('refuses what was sealed to a key that is not its own', async () => {
  const other = await pair('X25519', id(3));
  expect(await code(open(await seal(envelope, signing.own, other.registered)))).toBe('ENVELOPE_KEY_UNKNOWN');
  const disguised = { ...other.registered, id: id(2) };
  expect(await code(open(await seal(envelope, signing.own, disguised)))).toBe('ENVELOPE_UNREADABLE');
});

it.each([
  ['an unsigned one', () => encrypt(JSON.stringify(envelope))],
  ['no encryption', () => sign(JSON.stringify(envelope))],
  ['a compressed one', () => encrypt('x'.repeat(1000), { zip: 'DEF' })],
  ['direct key agreement', () => encrypt('x', { alg: 'ECDH-ES' })],
  ['another content encryption', () => encrypt('x', { enc: 'A128CBC-HS256' })],
  ['a key given along', async () => encrypt(await sign(JSON.stringify(envelope), { jwk: { kty: 'OKP' } }))],
  ['a key to fetch', async () => encrypt(await sign(JSON.stringify(envelope), { jku: 'http://127.0.0.1/' }))],
  [
    'alg none',
    () =>
      encrypt(
        `${Buffer.from(JSON.stringify({ alg: 'none', kid: id(1), typ: 'tradeproof-envelope+jws' })).toString('base64url')}.e30.`,
      ),
  ],
  [
    'a receipt in its place',
    async () => encrypt(await sign(JSON.stringify(envelope), { typ: 'tradeproof-receipt+jws' })),
  ],
  ['another form', async () => encrypt(await sign(JSON.stringify({ ...envelope, v: 2 })))],
  ['a member more', async () => encrypt(await sign(JSON.stringify({ ...envelope, admin: true })))],
  ['no JSON', async () => encrypt(await sign('{'))],
])('refuses %s', async (_, make) => {
  expect(await code(make().then(open))).toBe('ENVELOPE_UNREADABLE');
});

it('hashes a letter alike at each attempt, and otherwise for any other', () => {
  expect(hashLetter({ ...envelope, ...{ block: 99, sealedAt: new Date().toISOString() } })).toBe(hashLetter(envelope));
  const changes: Partial<Envelope>[] = [
    { id: randomUUID() },
    { from: 3 },
    { to: 3 },
    { type: 'a.b' },
    { object: id(8) },
    { body: '{}' },
    { domain: id(8) },
  ];
  const hashes = changes.map((change) => hashLetter({ ...envelope, ...change }));
  expect(new Set([...hashes, hashLetter(envelope)]).size).toBe(changes.length + 1);
});

it('signs receipts, which envelopes are not', async () => {
  const receipt = {
    v: 1 as const,
    envelope: envelope.id,
    hash: hashLetter(envelope),
    domain: envelope.domain,
    from: 1,
    to: 2,
    receivedAt: new Date().toISOString(),
    block: { number: 3, hash: id(5) },
    outcome: 'HANDLED' as const,
  };
  const signed = await signReceipt(receipt, signing.own);
  expect(receiptSigner(signed)).toBe(id(1));
  expect(await readReceipt(signed, signing.registered)).toEqual(receipt);
  const { registered: other } = await pair('Ed25519', id(1));
  expect(await readReceipt(signed, other)).toBeUndefined();
  expect(receiptSigner(await sign(JSON.stringify(receipt)))).toBeUndefined();
  expect(
    await readReceipt(await sign(JSON.stringify({ ...receipt, outcome: 'FINE' })), signing.registered),
  ).toBeUndefined();
});
