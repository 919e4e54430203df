import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { toBytes } from '../../kernel/hex.js';
import type { NewsItem } from '../../kernel/news.js';
import { EventSignal } from '../queries/event-signal.js';

/** This node's own news, which the event stream tells beside the chain's events. */
@Injectable()
export class News {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signal: EventSignal,
  ) {}

  /** Adds items within the current unit of work: each is told once, in this order, if that commits. */
  async add(...items: readonly NewsItem[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO event_news (type, object, data)
       SELECT type, object, data FROM unnest($1::text[], $2::bytea[], $3::jsonb[]) WITH ORDINALITY i(type, object, data, n) ORDER BY n`,
      [
        items.map(({ type }) => type),
        items.map(({ object }) => object && toBytes(object)),
        items.map(({ data }) => JSON.stringify(data)),
      ],
    );
    this.unitOfWork.afterCommit(() => this.signal.fire());
  }
}
