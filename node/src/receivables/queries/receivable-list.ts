import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DisclosedDocuments } from '../../documents/index.js';
import { Members } from '../../members/index.js';
import { dbInt } from '../../kernel/db-int.js';
import type { Receivable } from '../domain/receivable.js';
import { type ReceivableFilter, ReceivableStore } from '../storage/receivable.store.js';

/** Where a page ends: block and log index of the last receivable's issue. Newest first. */
export const receivableKey = z.tuple([dbInt, dbInt]);
export type ReceivableKey = z.output<typeof receivableKey>;

type Filter = Omit<ReceivableFilter, 'before' | 'shown'>;

/** Lists receivables, newest issue first. */
@Injectable()
export class ReceivableList {
  constructor(
    private readonly store: ReceivableStore,
    private readonly members: Members,
    private readonly disclosed: DisclosedDocuments,
  ) {}

  /** Those that this member is party to or was shown something of. Throws GRANT_INDEX_STALLED rather than leave those out. */
  async mine(filter: Filter, after: ReceivableKey | undefined, limit: number): Promise<Receivable[]> {
    const [self, shown] = await Promise.all([this.members.self(), this.disclosed.allReadable()]);
    return this.all({ ...filter, party: self.id, shown }, after, limit);
  }

  /** Those of the whole consortium. */
  all(
    filter: Omit<ReceivableFilter, 'before'>,
    after: ReceivableKey | undefined,
    limit: number,
  ): Promise<Receivable[]> {
    const before = after && { block: after[0], log: after[1] };
    return this.store.list({ ...filter, before }, limit);
  }
}
