import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { type ProblemRecord, refusalToKeep } from '../../kernel/problem.js';
import { milestoneAlreadyRecorded } from '../domain/problems.js';
import { MOST_MILESTONES, type NewMilestone, type PreparedMilestone, RecordMilestone } from './record-milestone.js';

/** A milestone with the order that it is of. */
export interface MilestoneOf {
  readonly order: Hex;
  readonly milestone: NewMilestone;
}

/** What became of one of many milestones: on its way to the chain, or refused here. */
export interface MilestoneOutcome {
  readonly order: Hex | null;
  /** Commitment by which the milestone is known. */
  readonly id: Hex | null;
  readonly submission: string | null;
  readonly refusal: ProblemRecord | null;
}

/** Adds to the logs of many orders, a hundred entries a transaction. */
@Injectable()
export class RecordMilestones {
  constructor(private readonly recording: RecordMilestone) {}

  /**
   * Records those that may be recorded, within the current unit of work and in the order given; each of the others is answered
   * with what {@link RecordMilestone.run} refuses with, or what reading it or `admit` throws, unless that is 503, which is thrown.
   */
  async run(
    items: readonly (MilestoneOf | ProblemRecord)[],
    admit: (order: Hex) => Promise<void>,
  ): Promise<MilestoneOutcome[]> {
    const outcomes = new Array<MilestoneOutcome>(items.length);
    const ready: { place: number; prepared: PreparedMilestone }[] = [];
    await this.recording.lock(items.flatMap((item) => ('order' in item ? [item.order] : [])));
    for (const [place, item] of items.entries()) {
      const result = 'code' in item ? item : await this.prepare(item, ready, admit);
      const order = 'order' in item ? item.order : null;
      if ('code' in result) outcomes[place] = { order, id: null, submission: null, refusal: result };
      else ready.push({ place, prepared: result });
    }
    for (let at = 0; at < ready.length; at += MOST_MILESTONES) {
      const some = ready.slice(at, at + MOST_MILESTONES);
      const prepared = some.map((each) => each.prepared) as [PreparedMilestone, ...PreparedMilestone[]];
      const submission = await this.recording.record(prepared);
      for (const { place, prepared: each } of some) {
        outcomes[place] = { order: each.order.id, id: each.entry.root, submission, refusal: null };
      }
    }
    return outcomes;
  }

  private async prepare(
    { order, milestone }: MilestoneOf,
    ready: readonly { readonly prepared: PreparedMilestone }[],
    admit: (order: Hex) => Promise<void>,
  ): Promise<PreparedMilestone | ProblemRecord> {
    const ahead = ready.map(({ prepared }) => prepared).filter((each) => each.order.id === order);
    try {
      if (ahead.some((each) => isSame(each, milestone))) {
        throw milestoneAlreadyRecorded('the same document is among the others', { order });
      }
      const prepared = await this.recording.prepare(order, milestone, ahead.length);
      await admit(order);
      return prepared;
    } catch (error) {
      return refusalToKeep(error);
    }
  }
}

const isSame = (one: PreparedMilestone, other: NewMilestone): boolean =>
  one.kind === other.kind && one.document.source.sha256 === other.document.source.sha256;
