import type { Hex } from '../../../kernel/hex.js';
import type { Slots } from '../chain-state.js';
import { IMPLEMENTATION_SLOT } from '../state-proof.js';
import { type StorageLayout, StorageReader } from '../storage-layout.js';
import type { EvidenceFile } from './evidence-file.js';
import type { EvidenceRegistry } from './schema.js';

type Place = Pick<EvidenceFile, 'member' | 'batch'>;

/** Finds and reads what the registries keep of a member's batch of evidence. */
export class AnchorState {
  readonly #members: StorageReader;
  readonly #anchors: StorageReader;

  constructor(layouts: Readonly<Record<EvidenceRegistry, StorageLayout>>) {
    this.#members = new StorageReader(layouts.MemberRegistry);
    this.#anchors = new StorageReader(layouts.EvidenceAnchor);
  }

  /** Every slot that a verdict rests on, by registry, ascending. */
  slots(place: Place): Readonly<Record<EvidenceRegistry, readonly Hex[]>> {
    return {
      MemberRegistry: ascending([this.#name(place)]),
      EvidenceAnchor: ascending([this.#head(place, place.batch - 1), this.#head(place, place.batch)]),
    };
  }

  /** Number of the member that bears the name, 0 for none. */
  named(place: Place, slots: Slots): number {
    return Number(slots.get(this.#name(place))!);
  }

  /** Heads of the member's chain of batches, before the batch and with it; zero where there is none. */
  heads(place: Place, slots: Slots): readonly [Hex, Hex] {
    return [slots.get(this.#head(place, place.batch - 1))!, slots.get(this.#head(place, place.batch))!];
  }

  #name({ member }: Place): Hex {
    return this.#members.place('_names', member.name).slots[0]!;
  }

  #head({ member }: Place, batch: number): Hex {
    return this.#anchors.place('_heads', member.number, batch).slots[0]!;
  }
}

const ascending = (slots: readonly Hex[]): Hex[] => [...new Set([IMPLEMENTATION_SLOT, ...slots])].sort();
