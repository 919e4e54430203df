import { decodeQbftExtraData } from '../../node/src/kernel/qbft-extra-data.js';
import { toBytes, type Hex } from '../../node/src/kernel/hex.js';
import { genesisOf, staticNodesOf } from './genesis.js';
import { makeValidator } from './validator.js';

const makeCards = (count: number) =>
  Array.from({ length: count }, (_, i) => makeValidator(`member-${i}`, '10.0.0.1', 30_303 + i).card);
const options = (count: number) => ({ chainId: 20_261, validators: makeCards(count), blockPeriodSeconds: 2 });
type Genesis = { extraData: Hex; config: Record<string, unknown>; baseFeePerGas: string; alloc: object };

it.each([4, 7, 22])('names %i validators in its header, each once, and nobody else', (count) => {
  const given = options(count);
  const { extraData } = genesisOf(given) as Genesis;
  const decoded = decodeQbftExtraData(toBytes(extraData))!;
  expect(decoded.validators).toEqual(given.validators.map(({ address }) => address.toLowerCase()).sort());
  expect([decoded.vote, decoded.round, decoded.seals, decoded.vanity.length]).toEqual([[], 0, [], 32]);
});

it('has the form of the list in Besu’s documentation, to the byte', () => {
  const validators = [
    '64a702e6263b7297a96638cac6ae65e6541f4169',
    '3923390ad55e90c237593b3b0e401f3b08a03185',
    'aefdb9a738c9f433e5b6b212a6d62f6370c2f692',
    'c7eeb9a4e00ce683cf93039b212648e01c6c6b78',
  ];
  const listOf = (addresses: string[]) =>
    `0xf87aa0${'00'.repeat(32)}f854${addresses.map((address) => `94${address}`).join('')}c080c0`;
  const documented =
    '0xf87aa00000000000000000000000000000000000000000000000000000000000000000f8549464a702e6263b7297a96638cac6ae65e6541f4169943923390ad55e90c237593b3b0e401f3b08a0318594aefdb9a738c9f433e5b6b212a6d62f6370c2f69294c7eeb9a4e00ce683cf93039b212648e01c6c6b78c080c0';
  expect(listOf(validators)).toBe(documented);
  const cards = makeCards(4).map((card, i) => ({ ...card, address: `0x${validators[i]}` }));
  const { extraData } = genesisOf({ ...options(4), validators: cards }) as Genesis;
  expect(extraData).toBe(listOf([...validators].sort()));
});

it('is the chain that the design says: validators in headers, free gas, Cancun, code of 24,576 bytes', () => {
  const { config, baseFeePerGas, alloc } = genesisOf(options(4)) as Genesis;
  expect(config).toEqual({
    chainId: 20_261,
    berlinBlock: 0,
    londonBlock: 0,
    shanghaiTime: 0,
    cancunTime: 0,
    zeroBaseFee: true,
    contractSizeLimit: 24_576,
    qbft: { blockperiodseconds: 2, epochlength: 30_000, requesttimeoutseconds: 4 },
  });
  expect([baseFeePerGas, alloc]).toEqual(['0x0', {}]);
});

it('comes out the same whoever makes it, in whatever order the cards lie', () => {
  const given = options(5);
  const turned = { ...given, validators: [...given.validators].reverse() };
  expect(JSON.stringify(genesisOf(turned))).toBe(JSON.stringify(genesisOf(given)));
  expect(staticNodesOf(turned.validators)).toEqual(staticNodesOf(given.validators));
  expect(staticNodesOf(given.validators)[0]).toMatch(/^enode:\/\/[0-9a-f]{128}@10\.0\.0\.1:3030\d$/);
});

it('is refused with so few validators that the loss of one would stop it', () => {
  expect(() => genesisOf(options(3))).toThrow('3 validators: QBFT needs 4');
});
