import { secp256k1 } from '@noble/curves/secp256k1.js';
import { encodeHeader, headerHash, type RpcHeader } from '../../../kernel/block-header.js';
import { type Hex, toBytes, toHex } from '../../../kernel/hex.js';
import { decodeQbftExtraData, encodeQbftExtraData } from '../../../kernel/qbft-extra-data.js';
import { addressOfPublicKey } from '../../../kernel/recover.js';
import {
  type HeaderForm,
  linkedHeaders,
  reseal,
  seal,
  sealedHeader,
  validator,
  type Validator,
  validators,
} from '../testing/qbft-chain.js';
import { requireFinal } from './finality.js';
import type { PinnedSet } from './lineage.js';
import { quorumOf, sealersOf, SealsRefused } from './seals.js';
import { readHeader } from './sealed-header.js';
import { sealsBySigner, trimmed, trimmedChange } from './trim-seals.js';

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof SealsRefused) return error.code;
    throw error;
  }
  return 'ACCEPTED';
};
const checkpoint = (set: readonly Validator[], number = 100): PinnedSet => ({
  number,
  hash: `0x${'00'.repeat(32)}`,
  validators: set.map(({ address }) => address),
});
const judge = (header: Hex, set: readonly Validator[], changes: readonly (readonly Hex[])[] = []): string =>
  refusal(() =>
    requireFinal(
      readHeader(header)!,
      changes.map((change) => change.map((rlp) => readHeader(rlp)!)),
      [checkpoint(set)],
    ),
  );

describe('extraData as Besu and GoQuorum publish it', () => {
  // Besu, consensus/qbft QbftExtraDataCodecTest.RAW_HEX_ENCODING_STRING (Apache-2.0): a test vector, quoted.
  const besu: Hex =
    ('0xf8f0a00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20ea9400000000000000000000000000000000000000019400' +
      '00000000000000000000000000000000000002d794000000000000000000000000000000000000000181ff83fedcbaf886b841000000000000' +
      '0000000000000000000000000000000000000000000000000001000000000000000000000000000000000000000000000000000000000000000a' +
      '00b841000000000000000000000000000000000000000000000000000000000000000a0000000000000000000000000000000000000000000000' +
      '00000000000000000100') as Hex;
  // GoQuorum, consensus/istanbul/qbft/engine engine_test.go, TestPrepareExtra (LGPL-3.0): a test vector, quoted.
  const quorum: Hex =
    ('0xf87aa00000000000000000000000000000000000000000000000000000000000000000f8549444add0ec310f115a0e603b2d7db9f067778eaf8a94' +
      '294fc7e8f22b3bcdcf955dd7ff3ba2ed833f8212946beaaed781d2d2ab6350f5c4566a2c6eaac407a6948be76812f765c24641ec63dc2852b3' +
      '78aba2b440c080c0') as Hex;

  it('reads Besu’s: two validators, a vote to add, round 0xfedcba, two seals', () => {
    const extra = decodeQbftExtraData(toBytes(besu))!;
    expect(extra.validators).toEqual([`0x${'00'.repeat(19)}01`, `0x${'00'.repeat(19)}02`]);
    expect(extra.round).toBe(0xfedcba);
    expect(extra.vote.map(toHex)).toEqual([`0x${'00'.repeat(19)}01`, '0xff']);
    expect(extra.seals.map((each) => [toHex(each.subarray(0, 32)), each[64]])).toEqual([
      [`0x${'00'.repeat(31)}01`, 0],
      [`0x${'00'.repeat(31)}0a`, 0],
    ]);
    expect(toHex(encodeQbftExtraData(extra))).toBe(besu);
  });

  it('reads GoQuorum’s: four validators in its own order, no vote, round 0, no seals', () => {
    const extra = decodeQbftExtraData(toBytes(quorum))!;
    expect(extra.validators[0]).toBe('0x44add0ec310f115a0e603b2d7db9f067778eaf8a');
    expect([extra.validators.length, extra.vote.length, extra.round, extra.seals.length]).toEqual([4, 0, 0, 0]);
    expect(toHex(encodeQbftExtraData(extra))).toBe(quorum);
  });

  it.each<[string, Hex]>([
    ['a byte cut off', besu.slice(0, -2) as Hex],
    ['a byte more', `${besu}00`],
    ['a round with a leading zero', besu.replace('83fedcba', '8400fedcba').replace('0xf8f0', '0xf8f1') as Hex],
    [
      'a seal of 64 bytes',
      quorum
        .replace(/c080c0$/, 'c080c0')
        .replace('c080c0', 'c080c3820102')
        .replace('f87a', 'f87d') as Hex,
    ],
    ['four items', '0xc4c0c080c0'],
    ['nothing', '0x'],
    ['bytes that are no RLP', '0xffffff'],
  ])('refuses %s', (_, bytes) => expect(decodeQbftExtraData(toBytes(bytes))).toBeNull());

  // Besu, consensus/ibft BftBlockHashingTest: keys 1 to 4 seal a header of round 0xfedcba; here under QBFT's extraData.
  it('recovers the committers of Besu’s hashing test from keys 1 to 4', () => {
    const keys = [1, 2, 3, 4].map((number) => toBytes(`0x${number.toString(16).padStart(64, '0')}`));
    const set = keys.map((key) => ({ key, address: addressOfPublicKey(secp256k1.getPublicKey(key, false)) }));
    expect(set[0]!.address).toBe('0x7e5f4552091a69125d5dfcb7b8c2659029395bdf');
    const rlp = sealedHeader({ number: 1, set, round: 0xfedcba });
    expect(sealersOf(readHeader(rlp)!)).toEqual(set.map(({ address }) => address));
  });
});

describe('hashes', () => {
  it.each<[HeaderForm, number]>([
    ['London', 16],
    ['Shanghai', 17],
    ['Cancun', 20],
    ['Prague', 21],
  ])('of a header of %s (%i fields)', (form) => {
    const set = validators(4);
    const header = sealedHeader({ number: 7, set, form, round: 2 });
    const other = sealedHeader({ number: 7, set, form, round: 0, sealers: set.slice(1) });
    expect(readHeader(header)!.hash).toBe(readHeader(other)!.hash);
    expect(readHeader(header)!.sealDigest).not.toBe(readHeader(other)!.sealDigest);
    expect(judge(trimmed(sealedHeader({ number: 107, set, form, round: 2 })), set)).toBe('ACCEPTED');
  });

  it('of the block is over round 0 and no seals, of the seals over the real round', () => {
    const set = validators(4);
    const header = readHeader(sealedHeader({ number: 7, set, round: 3, sealers: [] }))!;
    const zero = readHeader(sealedHeader({ number: 7, set, round: 0, sealers: [] }))!;
    expect(header.hash).toBe(zero.hash);
    expect(header.hash).toBe(zero.sealDigest);
    expect(header.sealDigest).not.toBe(header.hash);
  });

  it('leaves a header without such extraData to its plain hash', () => {
    const plain: RpcHeader = {
      ...{ parentHash: `0x${'01'.repeat(32)}`, sha3Uncles: `0x${'02'.repeat(32)}`, miner: `0x${'03'.repeat(20)}` },
      ...{
        stateRoot: `0x${'04'.repeat(32)}`,
        transactionsRoot: `0x${'05'.repeat(32)}`,
        receiptsRoot: `0x${'06'.repeat(32)}`,
      },
      ...{ logsBloom: `0x${'00'.repeat(256)}`, difficulty: '0x0', number: '0x10', gasLimit: '0x1', gasUsed: '0x0' },
      ...{ timestamp: '0x64', extraData: '0x', mixHash: `0x${'07'.repeat(32)}`, nonce: `0x${'00'.repeat(8)}` },
      baseFeePerGas: '0x0',
    };
    const header = readHeader(toHex(encodeHeader(plain)))!;
    expect([header.hash, header.number, header.timestamp]).toEqual([headerHash(plain), 16, 100]);
    expect(refusal(() => sealersOf(header))).toBe('HEADER_UNSEALED');
  });
});

describe('seals', () => {
  it.each([
    [1, 1],
    [4, 3],
    [5, 4],
    [6, 4],
    [7, 5],
    [8, 6],
    [9, 6],
    [11, 8],
    [12, 8],
  ])('of %i validators, %i are a quorum and one fewer are not', (count, quorum) => {
    const set = validators(count);
    expect(quorumOf(count)).toBe(quorum);
    expect(judge(sealedHeader({ number: 107, set, sealers: set.slice(0, quorum) }), set)).toBe('ACCEPTED');
    expect(judge(sealedHeader({ number: 107, set, sealers: set.slice(0, quorum - 1) }), set)).toMatch(/SEALS_TOO_FEW/);
  });

  const set = validators(4);
  const header = sealedHeader({ number: 107, set, sealers: set.slice(0, 3) });
  it('refuses a seal that is repeated', () => {
    expect(
      judge(
        reseal(header, ([a, b]) => [a!, b!, b!]),
        set,
      ),
    ).toBe('SEAL_REPEATED');
    expect(
      judge(
        reseal(header, (seals) => [...seals, seals[2]!]),
        set,
      ),
    ).toBe('SEAL_REPEATED');
  });

  it('refuses a seal by a stranger, even beside a quorum', () => {
    const digest = readHeader(header)!.sealDigest!;
    const strange = seal(digest, validator(99));
    expect(
      judge(
        reseal(header, ([a, b]) => [a!, b!, strange]),
        set,
      ),
    ).toBe('SEAL_BY_STRANGER');
    expect(
      judge(
        reseal(header, (seals) => [...seals, strange]),
        set,
      ),
    ).toBe('SEAL_BY_STRANGER');
  });

  it('refuses a seal from another block or round', () => {
    const foreign = seal(readHeader(sealedHeader({ number: 108, set }))!.sealDigest!, set[2]!);
    expect(
      judge(
        reseal(header, ([a, b]) => [a!, b!, foreign]),
        set,
      ),
    ).toBe('SEAL_BY_STRANGER');
    const round = seal(readHeader(sealedHeader({ number: 107, set, round: 1 }))!.sealDigest!, set[2]!);
    expect(
      judge(
        reseal(header, ([a, b]) => [a!, b!, round]),
        set,
      ),
    ).toBe('SEAL_BY_STRANGER');
  });

  it('refuses a high s, another recovery bit, surplus seals and another order', () => {
    const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const high = (each: Uint8Array): Uint8Array => {
      const s = N - BigInt(toHex(each.subarray(32, 64)));
      return Buffer.concat([
        each.subarray(0, 32),
        toBytes(`0x${s.toString(16).padStart(64, '0')}`),
        Uint8Array.of(1 - each[64]!),
      ]);
    };
    const bit = (each: Uint8Array): Uint8Array => Buffer.concat([each.subarray(0, 64), Uint8Array.of(each[64]! + 27)]);
    expect(
      judge(
        reseal(header, ([a, b, c]) => [a!, b!, high(c!)]),
        set,
      ),
    ).toBe('SEAL_INVALID');
    expect(
      judge(
        reseal(header, ([a, b, c]) => [a!, b!, bit(c!)]),
        set,
      ),
    ).toBe('SEAL_INVALID');
    expect(
      judge(
        reseal(header, ([a, b, c]) => [b!, a!, c!]),
        set,
      ),
    ).toBe('SEALS_OUT_OF_ORDER');
    expect(judge(sealedHeader({ number: 107, set }), set)).toBe('SEALS_SURPLUS');
  });

  it('refuses a header that names other validators than those pinned, however well sealed', () => {
    expect(judge(sealedHeader({ number: 107, set: validators(7), sealers: validators(7).slice(0, 5) }), set)).toBe(
      'VALIDATORS_UNKNOWN',
    );
    expect(judge(sealedHeader({ number: 99, set, sealers: set.slice(0, 3) }), set)).toBe('BEFORE_CHECKPOINT');
    expect(judge(sealedHeader({ number: 100, set, sealers: set.slice(0, 3) }), set)).toBe('CHECKPOINT_CONTRADICTED');
    expect(judge(header, [])).toBe('VALIDATORS_UNKNOWN');
    expect(judge(sealedHeader({ number: 107, set: [], sealers: [] }), set)).toBe('VALIDATORS_NOT_IN_HEADER');
  });
});

describe('changes of validators', () => {
  const grown = (count: number): { old: Validator[]; after: Validator[]; newcomer: Validator } => {
    const after = validators(count + 1);
    const newcomer = validator(count + 1);
    return { after, newcomer, old: after.filter(({ address }) => address !== newcomer.address) };
  };
  const final = (set: readonly Validator[]) => trimmed(sealedHeader({ number: 150, set }));
  const change = (old: readonly Validator[], headers: readonly Hex[]) =>
    trimmedChange(
      old.map(({ address }) => address),
      headers,
    ) ?? headers;

  it.each([4, 5, 6, 7, 8, 11])('from %i to one more, sealed by the old set alone', (count) => {
    const { old, after } = grown(count);
    const headers = linkedHeaders(110, after, [old.slice(0, quorumOf(count + 1))]);
    expect(judge(final(after), old, [change(old, headers)])).toBe('ACCEPTED');
    expect(judge(final(after), old)).toBe('VALIDATORS_UNKNOWN');
  });

  it.each([5, 8, 11])(
    'from %i to one more where the newcomer’s seal leaves the old one short until the next header',
    (count) => {
      const { old, after, newcomer } = grown(count);
      const quorum = quorumOf(count + 1);
      const first = [...old.slice(0, quorum - 1), newcomer];
      const next = old.slice(-quorum);
      const headers = linkedHeaders(110, after, [first, next]);
      expect(judge(final(after), old, [headers.slice(0, 1)])).toBe('OLD_QUORUM_MISSING');
      expect(judge(final(after), old, [change(old, headers)])).toBe('ACCEPTED');
      const unlinked = [headers[0]!, sealedHeader({ number: 111, set: after, sealers: next })];
      expect(judge(final(after), old, [unlinked])).toBe('LINEAGE_BROKEN');
    },
  );

  it.each([5, 7, 10])('from %i to one fewer', (count) => {
    const old = validators(count);
    const after = old.slice(1);
    const rest = linkedHeaders(110, after, [after.slice(0, quorumOf(count - 1)), after.slice(-quorumOf(count - 1))]);
    expect(judge(final(after), old, [change(old, rest)])).toBe('ACCEPTED');
    const all = linkedHeaders(110, after, [after]);
    expect(judge(final(after), old, [change(old, all)])).toBe('ACCEPTED');
  });

  it('refuses a third of the old set, two changes at once, surplus headers and seals', () => {
    const { old, after, newcomer } = grown(6);
    const third = linkedHeaders(110, after, [[...old.slice(0, 3), newcomer, ...old.slice(3, 4)]]);
    expect(quorumOf(7)).toBe(5);
    expect(judge(final(after), old, [third])).toBe('ACCEPTED'); // four of six are the old quorum
    const fewer = linkedHeaders(110, validators(8), [
      [...validators(8).filter(({ address }) => !old.some((each) => each.address === address)), ...old.slice(0, 4)],
    ]);
    expect(judge(final(validators(8)), old, [fewer])).toBe('LINEAGE_LEAP');
    const surplus = linkedHeaders(110, after, [old.slice(0, 5), old.slice(1, 6)]);
    expect(judge(final(after), old, [surplus])).toBe('SEALS_SURPLUS');
    expect(judge(final(after), old, [linkedHeaders(110, after, [after])])).toBe('SEALS_SURPLUS');
  });

  it('refuses changes out of order, after the block, or that contradict the checkpoint', () => {
    const { old, after } = grown(4);
    const joined = change(old, linkedHeaders(110, after, [after]));
    const left = change(after, linkedHeaders(120, old, [old]));
    expect(judge(final(old), old, [joined, left])).toBe('ACCEPTED');
    expect(judge(final(old), old, [left, joined])).not.toBe('ACCEPTED');
    expect(judge(trimmed(sealedHeader({ number: 105, set: after })), old, [joined])).toBe('LINEAGE_OUT_OF_ORDER');
    const before = change(old, linkedHeaders(90, after, [after]));
    expect(judge(final(after), after, [before])).toBe('ACCEPTED');
    expect(judge(final(old), old, [before])).toBe('CHECKPOINT_CONTRADICTED');
  });

  it('tells whose seals a header bears whatever their order', () => {
    const set = validators(4);
    const shuffled = reseal(sealedHeader({ number: 3, set }), (seals) => seals.reverse());
    expect([...sealsBySigner(readHeader(shuffled)!).keys()]).toEqual(set.map(({ address }) => address));
    expect(sealersOf(readHeader(trimmed(shuffled))!)).toEqual(set.slice(0, 3).map(({ address }) => address));
  });
});
