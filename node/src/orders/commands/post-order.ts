import { Injectable } from '@nestjs/common';
import { frameworkMismatch } from '../domain/problems.js';
import { CallOff } from './call-off.js';
import { FrameworkDesk } from './framework-desk.js';
import { type OrderDraft, type PostedOrder, PostOrders } from './post-orders.js';

/** Posts one order: as a call-off where its document names the number of a framework contract in force. */
@Injectable()
export class PostOrder {
  constructor(
    private readonly frameworks: FrameworkDesk,
    private readonly calling: CallOff,
    private readonly poster: PostOrders,
  ) {}

  /**
   * Refuses with FRAMEWORK_MISMATCH where several contracts of the supplier have that number, and what {@link CallOff.run} or
   * {@link PostOrders.run} refuses.
   */
  async run(draft: Omit<OrderDraft, 'framing'>, options: { repeat: boolean }): Promise<PostedOrder> {
    const { contract } = draft.document.model;
    const named = await this.frameworks.named(draft.supplier, [contract]);
    if (named.length > 1) {
      throw frameworkMismatch(`several framework contracts have number ${contract}: name one by its id`, {
        field: '/contract',
        frameworks: named,
      });
    }
    if (named[0]) return this.calling.run(named[0], draft, options);
    const [posted] = await this.poster.run([draft], options);
    return posted!;
  }
}
