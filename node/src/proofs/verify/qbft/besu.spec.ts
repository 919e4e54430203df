import { readFileSync } from 'node:fs';
import { encodeHeader, type RpcHeader } from '../../../kernel/block-header.js';
import { type Hex, toHex } from '../../../kernel/hex.js';
import { reseal } from '../testing/qbft-chain.js';
import { requireFinal } from './finality.js';
import { sealersOf, SealsRefused } from './seals.js';
import { readHeader, type SealedHeader } from './sealed-header.js';
import { trimmed } from './trim-seals.js';

interface Recorded {
  readonly validators: readonly Hex[];
  readonly blocks: readonly { readonly block: RpcHeader & { readonly hash: Hex } }[];
}

/** Blocks that four validators of Besu sealed: node/src/chain/README.md says which. */
const { validators, blocks } = JSON.parse(readFileSync('node/src/chain/testing/besu-26.8.0.json', 'utf8')) as Recorded;
const headerOf = (rlp: Hex): SealedHeader => readHeader(rlp)!;

it('has blocks of round 0 and of later rounds, under Cancun', () => {
  const rounds = blocks.map(({ block }) => headerOf(toHex(encodeHeader(block))).qbft!.round);
  expect(new Set(rounds).size).toBeGreaterThan(1);
  expect(rounds).toContain(0);
  for (const { block } of blocks) expect(block.parentBeaconBlockRoot).toBe(`0x${'00'.repeat(32)}`);
});

describe.each(blocks.map(({ block }) => [Number(block.number), block] as const))('Besu’s block %i', (number, block) => {
  const rlp = toHex(encodeHeader(block));

  it('has the hash that Besu gives it', () => expect(headerOf(rlp).hash).toBe(block.hash));

  it('is final by the seals of three of four validators', () => {
    const checkpoint = { number: number - 1, hash: block.parentHash, validators };
    const final = requireFinal(headerOf(trimmed(rlp)), [], [checkpoint]);
    expect(final.sealers).toHaveLength(3);
    for (const sealer of final.sealers) expect(validators).toContain(sealer);
  });

  it('is not with a seal less, nor by the seals of another block', () => {
    const checkpoint = { number: number - 1, hash: block.parentHash, validators };
    const fewer = reseal(trimmed(rlp), ([first, second]) => [first!, second!]);
    expect(() => requireFinal(headerOf(fewer), [], [checkpoint])).toThrow(SealsRefused);
    const other = blocks.find((each) => each.block !== block)!.block;
    const foreign = toHex(encodeHeader({ ...block, extraData: other.extraData }));
    expect(() => sealersOf(headerOf(foreign))).toThrow(SealsRefused);
  });
});
