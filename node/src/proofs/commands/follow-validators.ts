import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { followSets, sameSet } from '../verify/qbft/lineage.js';
import { SealsRefused } from '../verify/qbft/seals.js';
import type { SealedHeader } from '../verify/qbft/sealed-header.js';
import { readHeader } from '../verify/qbft/sealed-header.js';
import { trimmedChange } from '../verify/qbft/trim-seals.js';
import { checkpointOf } from '../verify/trust/describe-trust.js';
import type { TrustFile } from '../verify/trust/schema.js';
import { HeaderSource } from '../queries/header-source.js';
import { NodeTrust } from '../queries/node-trust.js';
import { type ValidatorChange, ValidatorChangeStore } from '../storage/validator-change.store.js';

/** Headers after a change that are looked through for seals of the old set. */
const MOST_HEADERS = 64;

/** Into as many parts what is not looked at yet is divided: every block, where it has no more. */
const MOST_PARTS = 256;

/** Moves the pinned checkpoint on at each change of the validator set, each step checked as whoever verifies would. */
@Injectable()
export class FollowValidators {
  /** Up to where no change is left to follow. */
  #looked?: SetAt;

  constructor(
    private readonly trust: NodeTrust,
    private readonly headers: HeaderSource,
    private readonly changes: ValidatorChangeStore,
  ) {}

  /**
   * Follows the sets up to block `to`, as far as their changes are final: one that does not bear seals of the old quorum yet
   * is left for later. Throws PROOF_UNAVAILABLE, and SealsRefused for a chain that does not follow from the trust file.
   */
  async upTo(to: number): Promise<void> {
    const { checkpoint } = await this.trust.file();
    if (checkpoint.validators.length === 0 || to <= checkpoint.number) return;
    const from = this.startOf(checkpoint);
    if (to <= from.block) return;
    const end = { block: to, set: validatorsOf(await this.headers.at(to)) };
    if (await this.followAll(checkpoint, from, end)) this.#looked = end;
  }

  /** Blocks that were looked at since the last change need not be again. */
  private startOf({ number: block, ...checkpoint }: TrustFile['checkpoint']): SetAt {
    const [set, looked] = [addresses(checkpoint), this.#looked];
    return looked && looked.block > block && sameSet(looked.set, set) ? looked : { block, set };
  }

  /** False while a change is not final. */
  private async followAll(checkpoint: TrustFile['checkpoint'], from: SetAt, to: SetAt): Promise<boolean> {
    try {
      return await this.followEach(checkpoint, await this.changesOnWay(from, to), to.block);
    } catch (error) {
      if (!(error instanceof SealsRefused)) throw error;
      // One that was undone before the old quorum sealed it cannot be followed, and need not be.
      const { checkpoint: pinned } = await this.trust.file();
      return this.followEach(pinned, await this.changesBetween(this.startOf(pinned), to), to.block);
    }
  }

  /** All or none: of two that cancel out the first is of no use, and in the way, if the second cannot be followed. */
  private async followEach(
    checkpoint: TrustFile['checkpoint'],
    changes: readonly number[],
    to: number,
  ): Promise<boolean> {
    const followed: { readonly previous: number; readonly change: ValidatorChange }[] = [];
    let pinned = checkpoint;
    for (const block of changes) {
      const change = await this.follow(pinned, block, to);
      if (change === null) return false;
      followed.push({ previous: pinned.number, change });
      pinned = change.checkpoint;
    }
    for (const { previous, change } of followed) if (!(await this.changes.keep(previous, change))) return false;
    return true;
  }

  /**
   * First blocks of new sets on some way from one set to the other, those that were undone among them as far as they held at one of the
   * blocks that are looked at: whoever verifies may have pinned a block in between.
   */
  private async changesOnWay(from: SetAt, to: SetAt): Promise<number[]> {
    const between = to.block - from.block;
    const parts = Math.min(between, MOST_PARTS);
    const blocks = Array.from({ length: parts - 1 }, (_, i) => from.block + Math.floor(((i + 1) * between) / parts));
    const found = blocks.length === 0 ? [] : await this.headers.atAll(blocks);
    const places = [from, ...found.map((header, i) => ({ block: blocks[i]!, set: validatorsOf(header) })), to];
    const changes: number[] = [];
    for (const [i, place] of places.slice(1).entries()) changes.push(...(await this.changesBetween(places[i]!, place)));
    return changes;
  }

  /** The same by halving, but for those that cancel out between two blocks that are looked at. */
  private async changesBetween(from: SetAt, to: SetAt): Promise<number[]> {
    if (sameSet(from.set, to.set)) return [];
    if (to.block - from.block === 1) return [to.block];
    const block = Math.floor((from.block + to.block) / 2);
    const middle = { block, set: validatorsOf(await this.headers.at(block)) };
    return [...(await this.changesBetween(from, middle)), ...(await this.changesBetween(middle, to))];
  }

  private async follow(pinned: TrustFile['checkpoint'], block: number, to: number): Promise<ValidatorChange | null> {
    const last = Math.min(to, block + MOST_HEADERS - 1);
    const numbers = Array.from({ length: last - block + 1 }, (_, i) => block + i);
    const found = await this.headers.atAll(numbers);
    const headers = trimmedChange(
      addresses(pinned),
      found.map(({ rlp }) => rlp),
    );
    if (headers === null && found.length < MOST_HEADERS) return null;
    if (headers === null)
      throw new SealsRefused(
        'OLD_QUORUM_MISSING',
        `the validators before block ${block} have not sealed the set that replaced them within ${MOST_HEADERS} blocks`,
      );
    const change = headers.map((rlp) => readHeader(rlp)!);
    followSets({ number: pinned.number, hash: pinned.hash as Hex, validators: addresses(pinned) }, [change]);
    const owners = new Map(pinned.validators.map(({ address, owner }) => [address, owner]));
    const checkpoint = checkpointOf(
      change.at(-1)!,
      (validator) => owners.get(validator) ?? `not named; joined at block ${block}`,
    );
    return { headers, checkpoint };
  }
}

interface SetAt {
  readonly block: number;
  readonly set: readonly Hex[];
}

const addresses = ({ validators }: Pick<TrustFile['checkpoint'], 'validators'>): Hex[] =>
  validators.map(({ address }) => address as Hex);
const validatorsOf = ({ qbft }: SealedHeader): readonly Hex[] => qbft?.validators ?? [];
