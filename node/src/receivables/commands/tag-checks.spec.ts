import { keccak256, toUtf8Bytes, Wallet } from 'ethers';
import type { Hex } from '../../kernel/hex.js';
import { TagChecks } from './tag-checks.js';

const BUYER = 1;
const ORDER: Hex = `0x${'0a'.repeat(32)}`;
const TAG: Hex = `0x${'0b'.repeat(32)}`;
const DIGEST = keccak256(toUtf8Bytes('the order and its tags')) as Hex;
const operator = Wallet.createRandom();
const account = operator.address.toLowerCase() as Hex;
const signed = operator.signingKey.sign(DIGEST).serialized as Hex;

/** Whether a word stands when its operator is revoked or not, and the chain has taken the tags or not. */
function stands(signature: Hex, { revoked = false, taken = false, member = BUYER } = {}): Promise<boolean> {
  const record = { member, added_block: 1, revoked_block: revoked ? 5 : null };
  const members = { account: (of: Hex) => Promise.resolve(of === account ? record : undefined) };
  const head = { current: () => ({ number: 9 }) };
  const tags = { hasTaken: () => Promise.resolve(taken) };
  const parts = [members, { orderTagHash: () => DIGEST }, {}, head, tags, {}] as never[];
  const checks = new (TagChecks as new (...args: never[]) => TagChecks)(...parts);
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
