import type { Hex } from '../../../kernel/hex.js';
import { type Fragment, invalid, type Trust as TrustLevel, valid } from '../fragment.js';
import { requireFinal } from '../qbft/finality.js';
import { SealsRefused } from '../qbft/seals.js';
import type { SealedHeader } from '../qbft/sealed-header.js';
import type { Checkpoint, Trust } from '../trust/trust.js';

/** FINALITY, and what the whole verdict may call its trust because of it. */
export interface FinalityJudgement {
  readonly fragment: Fragment;
  readonly trust: TrustLevel;
}

/** `validator-quorum` only when the seals of a quorum of the right set were checked; else the header is its maker's word. */
export function judgeFinality(
  header: SealedHeader,
  lineage: readonly (readonly SealedHeader[])[],
  trust: Trust,
): FinalityJudgement {
  try {
    const { sealers, validators, checkpoint } = requireFinal(header, lineage, trust.checkpoints);
    const pinned = checkpoint as Checkpoint;
    const owners = [
      ...new Set(sealers.map((sealer) => trust.owners.get(sealer) ?? `${sealer} (not in your trust file)`)),
    ];
    const blocks = header.number - pinned.number;
    const message =
      `Block ${header.number} bears the seals of ${sealers.length} of ${validators.length} validators: ${owners.join(', ')}. ` +
      `Your checkpoint, block ${pinned.number}, is ${blocks} blocks before it${ageOf(pinned, header)}.`;
    const data = { sealers, validators, owners, checkpoint: checkpointData(pinned, header), changes: lineage.length };
    return { trust: 'validator-quorum', fragment: valid('FINALITY', message, data) };
  } catch (error) {
    if (!(error instanceof SealsRefused)) throw error;
    const newest = trust.checkpoints.findLast(({ number }) => number <= header.number) ?? trust.checkpoints.at(-1)!;
    const data = { checkpoint: checkpointData(newest, header) };
    return { trust: 'unsealed', fragment: invalid('FINALITY', error.code, error.message, data) };
  }
}

const secondsSince = ({ time }: Checkpoint, { timestamp }: SealedHeader): number | null =>
  time === undefined ? null : timestamp - Math.floor(Date.parse(time) / 1000);

function ageOf(checkpoint: Checkpoint, header: SealedHeader): string {
  const seconds = secondsSince(checkpoint, header);
  return seconds === null ? '' : ` (${describeSeconds(seconds)})`;
}

function checkpointData(checkpoint: Checkpoint, header: SealedHeader): Readonly<Record<string, number | Hex | null>> {
  const { number, hash } = checkpoint;
  return { number, hash, blocks: header.number - number, seconds: secondsSince(checkpoint, header) };
}

/** A span of time in words, to its largest unit. */
export function describeSeconds(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  const [name, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
  const count = Math.floor(Math.abs(seconds) / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
