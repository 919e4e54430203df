import type { Hex } from '../../../kernel/hex.js';
import { quorumOf } from '../qbft/seals.js';
import { readHeader } from '../qbft/sealed-header.js';
import { sealsBySigner, trimmed, trimmedChange } from '../qbft/trim-seals.js';
import {
  type HeaderForm,
  linkedHeaders,
  reseal,
  sealedHeader,
  validator,
  type Validator,
  validators,
} from './qbft-chain.js';

/** A header with what it must be judged to be under a checkpoint: docs/spec/vectors/qbft.json. */
export interface QbftCase {
  readonly name: string;
  readonly checkpoint: { readonly number: number; readonly validators: readonly Hex[] };
  readonly lineage: readonly (readonly Hex[])[];
  readonly header: Hex;
  readonly hash: Hex;
  readonly sealDigest: Hex | null;
  readonly sealers: readonly Hex[];
  /** `VALID`, or the code of the refusal. */
  readonly expect: string;
}

const addresses = (set: readonly Validator[]): Hex[] => set.map(({ address }) => address);

/** Headers of made-up chains, sealed with keys that are the Keccak-256 of `validator 1`, `validator 2`, ... */
export function qbftCases(): QbftCase[] {
  const make = (
    name: string,
    expect: string,
    set: readonly Validator[],
    header: Hex,
    lineage: readonly (readonly Hex[])[] = [],
  ): QbftCase => {
    const { hash, sealDigest } = readHeader(header)!;
    const sealers = [...sealsBySigner(readHeader(header)!).keys()];
    return {
      name,
      expect,
      checkpoint: { number: 100, validators: addresses(set) },
      lineage,
      header,
      hash,
      sealDigest,
      sealers,
    };
  };
  const of = (count: number, sealers: number, form: HeaderForm = 'Cancun'): Hex => {
    const set = validators(count);
    return sealedHeader({ number: 107, set, sealers: set.slice(0, sealers), form, round: count % 3 });
  };
  const forms = (['London', 'Shanghai', 'Cancun', 'Prague'] as const).map((form) =>
    make(`a header of ${form}`, 'VALID', validators(4), of(4, 3, form)),
  );
  const quorums = [1, 4, 5, 6, 7].flatMap((count) => [
    make(`${quorumOf(count)} of ${count} seals`, 'VALID', validators(count), of(count, quorumOf(count))),
    make(
      `${quorumOf(count) - 1} of ${count} seals`,
      'SEALS_TOO_FEW',
      validators(count),
      of(count, quorumOf(count) - 1),
    ),
  ]);
  const four = validators(4);
  const repeated = reseal(of(4, 3), ([a, b]) => [a!, b!, b!]);
  const disordered = reseal(of(4, 3), ([a, b, c]) => [b!, a!, c!]);
  const after = validators(6);
  const old = after.filter(({ address }) => address !== validator(6).address);
  const short = linkedHeaders(110, after, [[...old.slice(0, 3), validator(6)], old.slice(-4)]);
  const final = trimmed(sealedHeader({ number: 150, set: after }));
  return [
    ...forms,
    ...quorums,
    make('a seal repeated', 'SEAL_REPEATED', four, repeated),
    make('seals out of order', 'SEALS_OUT_OF_ORDER', four, disordered),
    make('all four seals: more than the one form has', 'SEALS_SURPLUS', four, of(4, 4)),
    make('other validators than pinned', 'VALIDATORS_UNKNOWN', four, of(7, 5)),
    make('from 5 to 6, followed to the second header', 'VALID', old, final, [trimmedChange(addresses(old), short)!]),
    make('from 5 to 6, the first header alone', 'OLD_QUORUM_MISSING', old, final, [short.slice(0, 1)]),
    make('from 5 to 6, not followed at all', 'VALIDATORS_UNKNOWN', old, final),
  ];
}
