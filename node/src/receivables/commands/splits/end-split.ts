import { Injectable } from '@nestjs/common';
import { Exchange } from '../../../exchange/index.js';
import { Members } from '../../../members/index.js';
import type { Split } from '../../domain/split/split.js';
import type { SplitEndingBody } from './envelopes.js';

/** What the holder tells those who take part when a split comes to nothing. */
@Injectable()
export class EndSplit {
  constructor(
    private readonly members: Members,
    private readonly exchange: Exchange,
  ) {}

  /** Tells the new holders of its parts, but for itself and `except`; within the current unit of work. */
  async tell({ id, receivable: object, parts }: Split, reason: string | null, except?: number): Promise<void> {
    const { id: self } = await this.members.self();
    const body = { split: id, reason } satisfies SplitEndingBody;
    for (const to of new Set(parts.map(({ holder }) => holder))) {
      if (to !== self && to !== except) await this.exchange.send({ to, type: 'split.withdrawal', object, body });
    }
  }
}
