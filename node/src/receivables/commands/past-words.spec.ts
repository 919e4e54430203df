import { keccak256, toUtf8Bytes, Wallet } from 'ethers';
import type { Hex } from '../../kernel/hex.js';
import { makeOrderTag, tagPublicKey } from '../../members/domain/tags.js';
import type { OrderTags } from '../domain/tags.js';
import { orderIdentity } from './identities.js';
import { ReceiveConfirmation } from './receive-confirmation.js';
import { ReceiveOrderTags } from './receive-order-tags.js';
import { ReceivePart } from './splits/receive-part.js';
import { TagChecks } from './tag-checks.js';

/* What a buyer's node sent in good faith, and its operator was revoked, or it listed another tag key, before it came. */

const [BUYER, SUPPLIER] = [1, 2];
const [ORDER, CLAIM] = ['0a', '0c'].map((byte): Hex => `0x${byte.repeat(32)}`) as [Hex, Hex];
const REGISTRY: Hex = `0x${'d0'.repeat(32)}`;
const DIGEST = keccak256(toUtf8Bytes('the order and its tags')) as Hex;
const KEYS = ['17', '2b'].map((byte): Hex => `0x${byte.repeat(32)}`);
const MODEL = { number: 'PO-1', buyer: { entity: { scheme: '0088', id: '5790000000017' } } } as never;

const [operator, stranger] = [Wallet.createRandom(), Wallet.createRandom()];
const tags = [makeOrderTag(KEYS[0]!, REGISTRY, orderIdentity(MODEL))];
const wordOf = (signer: Wallet | typeof operator, of = tags): OrderTags => ({
  order: ORDER,
  account: operator.address.toLowerCase() as Hex,
  signature: signer.signingKey.sign(DIGEST).serialized as Hex,
  tags: of,
});

interface Since {
  readonly revoked?: boolean;
  readonly keys?: number;
}

/** A supplier's node that takes in what came; what it kept, and whom it asked. */
function supplier({ revoked = false, keys = 1 }: Since) {
  const done: string[] = [];
  const note = (what: string) => () => Promise.resolve(void done.push(what));
  const made = <T>(of: new (...parts: never[]) => T, ...parts: object[]): T => new of(...(parts as never[]));
  const record = { member: BUYER, added_block: 1, revoked_block: revoked ? 5 : null };
  const listed = KEYS.slice(0, keys).map((key, i) => ({ number: i + 1, public_key: tagPublicKey(key) }));
  const members = {
    self: () => Promise.resolve({ id: SUPPLIER }),
    keysOf: () => Promise.resolve(listed),
    account: () => Promise.resolve(record),
  };
  const signedTags = {
    known: () => Promise.resolve(new Map()),
    keepOrderTags: note('tags kept'),
    keepFingerprints: note('fingerprints kept'),
  };
  const checks = made(
    TagChecks,
    members,
    { orderTagHash: () => DIGEST },
    { of: () => REGISTRY },
    { current: () => ({ number: 9 }) },
    { hasTaken: () => Promise.resolve(false) },
    signedTags,
  );
  checks.requireFingerprints = () => Promise.resolve();
  const receivable = { id: CLAIM, orders: [ORDER], obligor: BUYER, instalment: 1, instalments: 1 };
  const receivables = { get: () => Promise.resolve(receivable) };
  const orders = { get: () => Promise.resolve({ id: ORDER, buyer: BUYER, supplier: SUPPLIER }) };
  const contents = { require: () => Promise.resolve({ document: { model: MODEL } }) };
  const facts = { currency: 'GBP', instalment: 0, instalments: 1 };
  const confirmation = made(
    ReceiveConfirmation,
    ...[receivables, orders, contents, { find: () => Promise.resolve(facts) }],
    { rebuild: () => ({}), take: note('terms kept') },
    ...[checks, { fingerprintsOf: () => Promise.resolve([]) }, signedTags],
  );
  const sources = { tagsArrived: note('told') };
  const exchange = { send: ({ to, type }: { to: number; type: string }) => note(`${type} to ${to}`)() };
  const answer = made(ReceiveOrderTags, members, orders, contents, checks, signedTags, sources, exchange);
  const part = made(ReceivePart, receivables, checks, signedTags);
  const scope = { waivesSetOff: false, waivesDefences: false, withoutReceipt: false };
  const content = { amount: '5.00', currency: 'GBP', dueDate: '2027-02-01', ...scope };
  const taken = (receiving: { handle(envelope: never): Promise<void> }, object: Hex, body: object) =>
    receiving.handle({ from: { id: BUYER }, object, body } as never).then(
      () => done,
      ({ code }: { code: string }) => code,
    );
  return {
    confirmed: (word: OrderTags) => taken(confirmation, CLAIM, { content, fingerprints: [], orderTags: [word] }),
    split: (word: OrderTags) => taken(part, CLAIM, { orderTags: [word] }),
    answered: (word: OrderTags) => taken(answer, ORDER, word),
  };
}

const PAST: [string, Since][] = [
  ['its operator was revoked', { revoked: true }],
  ['it listed another tag key', { keys: 2 }],
];

describe('a confirmation', () => {
  const TERMS = ['terms kept', 'fingerprints kept'];

  it('brings the buyer’s word with it', async () => {
    expect(await supplier({}).confirmed(wordOf(operator))).toEqual([...TERMS, 'tags kept']);
  });

  it.each(PAST)('is taken in without the buyer’s word when %s before it came', async (_, since) => {
    expect(await supplier(since).confirmed(wordOf(operator))).toEqual(TERMS);
  });

  it('is refused with a word that was never the buyer’s, or is of another order', async () => {
    expect(await supplier({}).confirmed(wordOf(stranger))).toBe('ORDER_TAG_FALSE');
    expect(await supplier({ revoked: true }).confirmed(wordOf(stranger))).toBe('ORDER_TAG_FALSE');
    const other = [makeOrderTag(KEYS[0]!, REGISTRY, { ...orderIdentity(MODEL), number: 'PO-2' })];
    expect(await supplier({}).confirmed(wordOf(operator, other))).toBe('ORDER_TAG_FALSE');
  });
});

describe('what comes for a part', () => {
  it.each(PAST)('is passed over when %s before it came', async (_, since) => {
    expect(await supplier({}).split(wordOf(operator))).toEqual(['tags kept']);
    expect(await supplier(since).split(wordOf(operator))).toEqual([]);
  });
});

describe('an answer to who asked for tags', () => {
  it('lets go what waited for it', async () => {
    expect(await supplier({}).answered(wordOf(operator))).toEqual(['tags kept', 'told']);
  });

  it.each(PAST)('is asked for once more when %s before it came', async (_, since) => {
    expect(await supplier(since).answered(wordOf(operator))).toEqual([`order.tag-request to ${BUYER}`]);
  });

  it('is refused when it was never the buyer’s', async () => {
    expect(await supplier({ revoked: true }).answered(wordOf(stranger))).toBe('ORDER_TAG_FALSE');
  });
});
