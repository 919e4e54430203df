import { Injectable } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';
import { requireTerm } from '../domain/framework.js';
import { endOfDay } from '../domain/offer-expiry.js';
import { frameworkEndMissing } from '../domain/problems.js';
import { type OrderDraft, type PostedOrder, PostOrders } from './post-orders.js';

/** Posts a framework contract, which its supplier accepts as it would an order. */
@Injectable()
export class PostFramework {
  constructor(
    private readonly poster: PostOrders,
    private readonly head: IndexHead,
  ) {}

  /**
   * It runs until `expiresAt`, else until the end (UTC) of the validity that the document names. Refuses with
   * FRAMEWORK_END_MISSING what names no end to come, FRAMEWORK_TERM_EMPTY what begins after it, and what {@link PostOrders.run} refuses.
   */
  async run(draft: Omit<OrderDraft, 'framing'>, { repeat }: { repeat: boolean }): Promise<PostedOrder> {
    const { validUntil } = draft.document.model;
    if (draft.expiresAt === undefined && !(endOfDay(validUntil) >= this.head.current().timestamp)) {
      const named = validUntil === undefined ? 'no end' : `its end as ${validUntil}`;
      throw frameworkEndMissing(`the document names ${named}; name one to come, there or as expiresAt`, { validUntil });
    }
    requireTerm(draft.document.model, draft.expiresAt ?? endOfDay(validUntil));
    const framing = { type: 'FRAMEWORK', framework: null } as const;
    const [posted] = await this.poster.run([{ ...draft, framing }], { repeat });
    return posted!;
  }
}
