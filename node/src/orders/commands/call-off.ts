import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { frameworkMismatch } from '../domain/problems.js';
import { FrameworkDesk } from './framework-desk.js';
import { type OrderDraft, type PostedOrder, PostOrders } from './post-orders.js';

/** An order that calls off a framework contract: of whom the contract says. */
export interface CallOffDraft extends Omit<OrderDraft, 'supplier' | 'framing'> {
  /** Member number; must then be the contract's supplier. */
  readonly supplier?: number;
}

/** Posts an order that calls off a framework contract. */
@Injectable()
export class CallOff {
  constructor(
    private readonly desk: FrameworkDesk,
    private readonly poster: PostOrders,
  ) {}

  /**
   * Refuses what {@link FrameworkDesk.callable} and {@link FrameworkDesk.requireAllowed} refuse, FRAMEWORK_MISMATCH for another
   * supplier than the contract's, and what {@link PostOrders.run} refuses.
   */
  async run(framework: Hex, draft: CallOffDraft, { repeat }: { repeat: boolean }): Promise<PostedOrder> {
    const { supplier } = await this.desk.callable(framework);
    if (draft.supplier !== undefined && draft.supplier !== supplier) {
      throw frameworkMismatch('the framework contract is with another supplier', { framework });
    }
    await this.desk.requireAllowed(framework, draft.document.model);
    const framing = { type: 'ORDER', framework } as const;
    const [posted] = await this.poster.run([{ ...draft, supplier, framing }], { repeat });
    return posted!;
  }
}
