import { Injectable } from '@nestjs/common';
import { Exchange } from '../../../exchange/index.js';
import type { Hex } from '../../../kernel/hex.js';
import { Members } from '../../../members/index.js';
import { written } from '../../domain/split/split.js';
import { requireSplitAct } from '../../domain/split/states.js';
import { Receivables } from '../../queries/receivables.js';
import { type SplitPosition, Splits } from '../../queries/splits.js';
import { PartHolders } from '../../storage/part-holders.js';
import { SplitStore } from '../../storage/split.store.js';
import type { SplitAcceptanceBody, SplitEndingBody } from './envelopes.js';
import { PartsDesk } from './parts-desk.js';

/** A new holder takes its parts (签收), or does not. */
@Injectable()
export class AnswerSplit {
  constructor(
    private readonly members: Members,
    private readonly receivables: Receivables,
    private readonly splits: Splits,
    private readonly store: SplitStore,
    private readonly desk: PartsDesk,
    private readonly holders: PartHolders,
    private readonly exchange: Exchange,
  ) {}

  /**
   * Takes the parts offered. `id` is the receivable's or a part's; answers the split's. Refuses with SPLIT_UNKNOWN,
   * SPLIT_INVALID_TRANSITION, MEMBER_NOT_ACTIVE.
   */
  async accept(id: Hex): Promise<Hex> {
    return this.take(await this.splits.offered(id));
  }

  /** The same, of a split that is locked. */
  async take({ split, status }: SplitPosition): Promise<Hex> {
    const { id, receivable: object, proposer } = split;
    requireSplitAct('accept', status, id);
    this.members.requireMayBegin(await this.members.self(), 'SUPPLIER');
    const parent = await this.receivables.get(object);
    const parts = await Promise.all(split.parts.map((part) => this.desk.accept(split, part)));
    for (const { index, receivable, terms, seed, certificate, holder } of written(parts)) {
      await this.desk.keep(parent, this.desk.rebuild(parent, index, { content: { ...terms }, seed }));
      await this.holders.keep(receivable, certificate!.account, holder);
    }
    await this.store.change(id, { status: 'ACCEPTED', parts });
    const given = parts.map(({ index, certificate, acceptance }) => {
      return { index, certificate: certificate!, acceptance: acceptance! };
    });
    const body = { split: id, parts: given } satisfies SplitAcceptanceBody;
    await this.exchange.send({ to: proposer, type: 'split.acceptance', object, body });
    return id;
  }

  /** Turns them down; the whole split comes to nothing. */
  async reject(receivable: Hex, reason: string | null): Promise<Hex> {
    const { split, status } = await this.splits.offered(receivable);
    const { id, receivable: object, proposer } = split;
    requireSplitAct('reject', status, id);
    await this.store.change(id, { status: 'REJECTED' });
    const body = { split: id, reason } satisfies SplitEndingBody;
    await this.exchange.send({ to: proposer, type: 'split.rejection', object, body });
    return id;
  }
}
