import { Injectable } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { splitUnknown } from '../domain/split/problems.js';
import type { Split } from '../domain/split/split.js';
import { deriveSplitStatus, OPEN_SPLIT, type SplitStatus } from '../domain/split/states.js';
import { SplitStore } from '../storage/split.store.js';
import { Receivables } from './receivables.js';

/** A split as of the indexed head: what the members said, joined with what the chain says. */
export interface SplitPosition {
  readonly split: Split;
  readonly status: SplitStatus;
}

/** Where splits stand. */
@Injectable()
export class Splits {
  constructor(
    private readonly store: SplitStore,
    private readonly receivables: Receivables,
    private readonly head: IndexHead,
  ) {}

  /** Throws SPLIT_UNKNOWN. */
  async get(id: Hex): Promise<SplitPosition> {
    return this.of(known(id, await this.store.find(id)));
  }

  /** The same, and until the unit of work ends nobody else changes it. */
  async lock(id: Hex): Promise<SplitPosition> {
    return this.of(known(id, await this.store.lock(id)));
  }

  /** Of a receivable, newest first. */
  async ofReceivable(receivable: Hex): Promise<SplitPosition[]> {
    return Promise.all((await this.store.of(receivable)).map((split) => this.of(split)));
  }

  /** The one that can still come to be. */
  async open(receivable: Hex): Promise<SplitPosition | undefined> {
    return (await this.ofReceivable(receivable)).find(({ status }) => OPEN_SPLIT.includes(status));
  }

  /**
   * The one by which this member is to hold a part: `id` is the receivable's or the part's. One that awaits its answer, else
   * the newest. Throws SPLIT_UNKNOWN.
   */
  async offered(id: Hex): Promise<SplitPosition> {
    const about = (await this.store.about(id)).filter(({ side }) => side === 'NEW_HOLDER');
    const positions = await Promise.all(about.map((split) => this.of(split)));
    const found = positions.find(({ status }) => status === 'PROPOSED') ?? positions[0];
    return this.lock(known(id, found?.split).id);
  }

  private async of(split: Split): Promise<SplitPosition> {
    // What may have ended it is read before what may have come of it, as an ended split is one of which nothing came.
    const { timestamp } = this.head.current();
    const receivable = await this.receivables.get(split.receivable);
    const coverVersion = await this.receivables.coverVersion(receivable);
    const parts = await Promise.all(split.parts.map((part) => this.receivables.find(part.receivable)));
    const facts = {
      recorded: split.status,
      receivable: receivable.status,
      // An obligor that refused keeps no parts.
      onChain: parts.length > 0 && parts.every((part, i) => part?.commitment === split.parts[i]!.root),
      stale: coverVersion !== split.coverVersion,
      expiresAt: split.expiresAt,
    };
    return { split, status: deriveSplitStatus(facts, timestamp) };
  }
}

function known(id: Hex, split: Split | undefined): Split {
  if (split) return split;
  throw splitUnknown('this node knows of no such split', { id });
}
