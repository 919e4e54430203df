import { keccak256, toUtf8Bytes, Wallet } from 'ethers';
import type { Hex } from '../../kernel/hex.js';
import { makeFingerprint, makeOrderTag, tagPublicKey } from '../../members/domain/tags.js';
import { TagChecks } from './tag-checks.js';

const BUYER = 1;
const ORDER: Hex = `0x${'0a'.repeat(32)}`;
const TAG: Hex = `0x${'0b'.repeat(32)}`;
const DIGEST = keccak256(toUtf8Bytes('the order and its tags')) as Hex;
const operator = Wallet.createRandom();
const account = operator.address.toLowerCase() as Hex;
const signed = operator.signingKey.sign(DIGEST).serialized as Hex;

function made(...parts: object[]): TagChecks {
  return new (TagChecks as new (...args: never[]) => TagChecks)(...(parts as never[]));
}

/** Whether a word stands when its operator is revoked or not, and the chain has taken the tags or not. */
function stands(signature: Hex, { revoked = false, taken = false, member = BUYER } = {}): Promise<boolean> {
  const record = { member, added_block: 1, revoked_block: revoked ? 5 : null };
  const members = { account: (of: Hex) => Promise.resolve(of === account ? record : undefined) };
  const head = { current: () => ({ number: 9 }) };
  const tags = { hasTaken: () => Promise.resolve(taken) };
  const checks = made(members, { orderTagHash: () => DIGEST }, {}, head, tags, {});
  return checks.stands(BUYER, { order: ORDER, account, signature, tags: [{ tag: TAG }] as never });
}

it('a buyer’s word stands while its operator is live, and once the chain has taken what it says', async () => {
  expect(await stands(signed)).toBe(true);
  expect(await stands(signed, { revoked: true })).toBe(false);
  expect(await stands(signed, { revoked: true, taken: true })).toBe(true);
});

it('nobody else’s does, be the tags on chain for all to see', async () => {
  const other = Wallet.createRandom().signingKey.sign(DIGEST).serialized as Hex;
  expect(await stands(other, { taken: true })).toBe(false);
  expect(await stands(signed, { member: BUYER + 1, taken: true })).toBe(false);
});

describe('of an obligor that lists two tag keys', () => {
  const REGISTRY: Hex = `0x${'d0'.repeat(32)}`;
  const secrets = ['17', '2b', '3c'].map((byte): Hex => `0x${byte.repeat(32)}`);
  const party = { issuer: '0088:5790000000000', obligor: '0088:5790000000017' };
  const invoice = { ...party, number: 'INV-1', issueDate: '2026-02-03' };
  const listed = [2, 1].map((number) => ({ number, public_key: tagPublicKey(secrets[number - 1]!) }));
  const members = { keysOf: () => Promise.resolve(listed) };
  const checks = made(members, {}, { of: () => REGISTRY }, {}, {}, {});
  const under = (...keys: number[]) => keys.map((number) => makeFingerprint(secrets[number - 1]!, REGISTRY, invoice));

  it('fingerprints of a claim that it confirmed before it listed the second are good', async () => {
    await checks.requireFingerprints(BUYER, invoice, under(1));
    await checks.requireFingerprints(BUYER, invoice, under(1, 2));
  });

  it.each([
    ['under the later key alone', [2], 'FINGERPRINT_FALSE'],
    ['in another order', [2, 1], 'FINGERPRINT_FALSE'],
    ['under one that is not listed', [1, 3], 'FINGERPRINT_FALSE'],
    ['of more keys than are listed', [1, 2, 3], 'TAG_COUNT_MISMATCH'],
    ['of none', [], 'TAG_COUNT_MISMATCH'],
  ])('those %s are not', async (_, keys, code) => {
    await expect(checks.requireFingerprints(BUYER, invoice, under(...keys))).rejects.toMatchObject({ code });
  });

  it('an order’s tags are owed under both, since the chain has yet to take them', async () => {
    const identity = { buyer: party.obligor, number: 'PO-1' };
    const tags = [makeOrderTag(secrets[0]!, REGISTRY, identity)];
    const given = { order: ORDER, account, signature: signed, tags };
    const refused = { code: 'TAG_COUNT_MISMATCH', facts: { given: 1, tagKeys: 2 } };
    await expect(checks.requireOrderTags(BUYER, identity, given)).rejects.toMatchObject(refused);
    await expect(checks.requireBuyersWord(BUYER, given)).rejects.toMatchObject(refused);
  });

  it('an order’s tags that nothing opens are none to who has its number', async () => {
    const tags = listed.map(({ public_key }) => ({ tag: public_key }));
    const given = { order: ORDER, account, signature: signed, tags };
    const identity = { buyer: party.obligor, number: 'PO-1' };
    await expect(checks.requireOrderTags(BUYER, identity, given)).rejects.toMatchObject({ code: 'ORDER_TAG_FALSE' });
  });
});
