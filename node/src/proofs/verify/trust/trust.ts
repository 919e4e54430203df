import { type Hex, isHex } from '../../../kernel/hex.js';
import { repeatedKey } from '../../../kernel/repeated-key.js';
import { parseJson } from '../canonical-json.js';
import { firstIssue } from '../first-issue.js';
import type { PinnedSet } from '../qbft/lineage.js';
import type { StorageLayout } from '../storage-layout.js';
import { Unusable } from '../unusable.js';
import type { ProvenRegistry } from '../chain-state.js';
import { type TrustFile, trustSchema } from './schema.js';

export interface TrustedContract {
  readonly address: Hex;
  readonly codeHash: Hex;
  /** Layouts by the code hash of the implementation. */
  readonly layouts: ReadonlyMap<Hex, StorageLayout>;
}

export interface Checkpoint extends PinnedSet {
  /** RFC 3339; absent when the file does not say. */
  readonly time?: string;
}

/** What whoever verifies believes without proof. */
export interface Trust {
  readonly chainId: number;
  /** Ascending by number; the last one is the newest. */
  readonly checkpoints: readonly Checkpoint[];
  readonly contracts: Readonly<Record<ProvenRegistry, TrustedContract>> & { readonly EvidenceAnchor?: TrustedContract };
  /** Whose each validator is. */
  readonly owners: ReadonlyMap<Hex, string>;
}

const MAX_TRUST_BYTES = 4 * 1024 * 1024;

/** Reads the bytes of a trust file. Throws {@link Unusable}. */
export const readTrust = (bytes: Uint8Array): Trust => trustOf(parseTrust(bytes));

/** What the bytes of a trust file say. Throws {@link Unusable}: whatever is wrong with it is TRUST_MALFORMED. */
export function parseTrust(bytes: Uint8Array): TrustFile {
  const value = jsonOf(bytes);
  // Of two that readers take for the same pin, none may count by its place.
  const twice = repeatedKey(new TextDecoder().decode(bytes));
  if (twice !== undefined)
    throw malformed(`The trust file is unusable: it has "${twice.slice(0, 100)}" twice in one object.`);
  const result = trustSchema.safeParse(value);
  if (!result.success) throw malformed(`The trust file is unusable at ${firstIssue(result.error)}.`);
  return result.data;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, MAX_TRUST_BYTES, false);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    throw malformed(`The trust file is unusable. ${error.message}`);
  }
}

const malformed = (message: string): Unusable => new Unusable('TRUST_MALFORMED', message);

/** Throws {@link Unusable} when its checkpoints are out of order or a set names somebody twice. */
export function trustOf({ chainId, checkpoint, earlier = [], contracts }: TrustFile): Trust {
  const all = [...earlier, checkpoint];
  const unordered = all.some(({ number }, i) => i > 0 && number <= all[i - 1]!.number);
  const doubled = all.some(
    ({ validators }) => new Set(validators.map(({ address }) => address)).size !== validators.length,
  );
  if (unordered || doubled)
    throw malformed('The trust file’s checkpoints are out of order, or name a validator twice.');
  const trusted = ({
    address,
    codeHash,
    implementations,
  }: TrustFile['contracts'][ProvenRegistry]): TrustedContract => ({
    address: address as Hex,
    codeHash: codeHash as Hex,
    layouts: new Map(implementations.map((each) => [each.codeHash as Hex, each.layout])),
  });
  return {
    chainId,
    checkpoints: all.map(({ number, hash, time, validators }) => {
      return {
        number,
        hash: hash as Hex,
        time,
        validators: validators.map(({ address }) => address).filter((each) => isHex(each)),
      };
    }),
    contracts: {
      MemberRegistry: trusted(contracts.MemberRegistry),
      OrderRegistry: trusted(contracts.OrderRegistry),
      ReceivableRegistry: trusted(contracts.ReceivableRegistry),
      ...(contracts['EvidenceAnchor'] && { EvidenceAnchor: trusted(contracts['EvidenceAnchor']) }),
    },
    owners: new Map(all.flatMap(({ validators }) => validators.map(({ address, owner }) => [address as Hex, owner]))),
  };
}
