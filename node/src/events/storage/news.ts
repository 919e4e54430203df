import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { EventSignal } from '../queries/event-signal.js';

/** Something that happened at this node and not on chain. */
export interface NewsItem {
  /** e.g. `order.document.received` */
  readonly type: string;
  readonly object?: Hex;
  /** ids and names of members only: streams are read by every desk (rule 9) */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** This node's own news, which the event stream tells beside the chain's events. */
@Injectable()
export class News {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signal: EventSignal,
  ) {}

  /** Adds an item within the current unit of work: it is told once, if that commits. */
  async add({ type, object, data = {} }: NewsItem): Promise<void> {
    await this.unitOfWork.manager.query('INSERT INTO event_news (type, object, data) VALUES ($1, $2, $3)', [
      type,
      object ? toBytes(object) : null,
      data,
    ]);
    this.unitOfWork.afterCommit(() => this.signal.fire());
  }
}
