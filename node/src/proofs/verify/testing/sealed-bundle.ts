import type { Hex } from '../../../kernel/hex.js';
import type { Bundle } from '../bundle/bundle.js';
import { readBundle, writeBundle } from '../bundle/read-bundle.js';
import { trimmed } from '../qbft/trim-seals.js';
import { readHeader } from '../qbft/sealed-header.js';
import type { TrustFile } from '../trust/schema.js';
import { sealedHeader, type Validator } from './qbft-chain.js';

/** The bundle with members changed and its digest made to fit, as a forger would. */
export function rewrite(file: string, change: (bundle: Bundle) => Partial<Bundle>): string {
  const { digest: _, format: _format, version: _version, ...content } = readBundle(Buffer.from(file));
  return writeBundle({ ...content, ...change(readBundle(Buffer.from(file))) });
}

/**
 * A bundle of a chain without seals as the same state would stand on a chain with these validators: its header is of the same
 * number, time and state root, and sealed by `sealers`.
 */
export function sealedBundle(file: string, set: readonly Validator[], sealers = set): string {
  return rewrite(file, ({ header }) => {
    const { number, timestamp, stateRoot } = readHeader(header)!;
    return { header: trimmed(sealedHeader({ number, timestamp, stateRoot, set, sealers })) };
  });
}

/** The trust file with these validators at its checkpoint, each one's owner named. */
export function trustWith(trust: TrustFile, set: readonly Validator[], number = trust.checkpoint.number): TrustFile {
  const validators = set.map(({ address }, i) => ({ address: address as string, owner: `Validator ${i + 1} Ltd` }));
  const hash: Hex = `0x${'00'.repeat(32)}`;
  return { ...trust, checkpoint: { ...trust.checkpoint, hash, number, validators } };
}
