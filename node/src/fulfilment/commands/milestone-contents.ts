import { Injectable } from '@nestjs/common';
import type { DocumentModel } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { requireReference } from '../../orders/domain/order-reference.js';
import { DocumentParties, type Order, OrderContents } from '../../orders/index.js';
import { Submissions } from '../../submissions/index.js';
import { type MilestoneKind, kindNumber } from '../domain/milestone-kinds.js';
import { milestoneAlreadyRecorded } from '../domain/problems.js';
import { MilestonePostings } from '../storage/milestone-postings.js';
import { type Milestone, Milestones } from '../storage/milestones.js';

/** Whether a document may stand behind a milestone of an order. */
@Injectable()
export class MilestoneContents {
  constructor(
    private readonly orders: OrderContents,
    private readonly parties: DocumentParties,
    private readonly postings: MilestonePostings,
    private readonly milestones: Milestones,
    private readonly submissions: Submissions,
  ) {}

  /**
   * Refuses with ORDER_REFERENCE_MISMATCH, DOCUMENT_PARTY_MISMATCH a document that is about another order or other
   * parties. Who has not the order itself cannot tell its number; its parties will.
   */
  async requireFits(order: Order, model: DocumentModel): Promise<void> {
    const content = await this.orders.find({ order: order.id, version: order.version, root: order.commitment });
    if (content && 'orderNumbers' in model) requireReference(content.document.model.number, model);
    if ('buyer' in model && 'seller' in model) await this.parties.requireAbout(model, order);
  }

  /** Refuses with MILESTONE_ALREADY_RECORDED the same bytes a second time, unless `corrected` is the first. The order is locked. */
  async requireNew(order: Hex, kind: MilestoneKind, sha256: Hex, corrected: Milestone | undefined): Promise<void> {
    for (const { root, submission } of await this.postings.find(order, kindNumber(kind), sha256)) {
      if (root === corrected?.commitment || !(await this.counts(order, root, submission))) continue;
      const facts = { order, milestone: root };
      throw milestoneAlreadyRecorded(`this document is recorded as ${kind} already; correct that entry`, facts);
    }
  }

  private async counts(order: Hex, root: Hex, submission: string): Promise<boolean> {
    const milestone = await this.milestones.find(order, root);
    if (milestone) return milestone.live;
    const { status } = await this.submissions.get(submission);
    return status !== 'REFUSED' && status !== 'REVERTED';
  }
}
