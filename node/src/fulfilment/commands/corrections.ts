import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { type MilestoneKind, kindNumber, kindOf } from '../domain/milestone-kinds.js';
import { milestoneNotCorrectable, milestoneUnknown } from '../domain/problems.js';
import { type Milestone, Milestones } from '../storage/milestones.js';

/** Which entries can be corrected: the contract cannot tell, and readers would ignore the rest. */
@Injectable()
export class Corrections {
  constructor(private readonly milestones: Milestones) {}

  /** The entry, named by hash or commitment. Throws MILESTONE_UNKNOWN, MILESTONE_NOT_CORRECTABLE. */
  async require(
    order: Hex,
    { entry, author, kind }: { readonly entry: Hex; readonly author: number; readonly kind: MilestoneKind },
  ): Promise<Milestone> {
    const milestone = await this.milestones.find(order, entry);
    if (!milestone) throw milestoneUnknown('the log has no entry of this hash or commitment', { order, entry });
    const facts = { order, entry: milestone.entry, kind: kindOf(milestone.kind) };
    if (milestone.author !== author) throw milestoneNotCorrectable('another member added it', facts);
    if (milestone.kind !== kindNumber(kind)) throw milestoneNotCorrectable(`it is no ${kind}`, facts);
    if (!milestone.live) throw milestoneNotCorrectable('it is corrected already; correct the correction', facts);
    return milestone;
  }
}
