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
    const seen = new Set<string>();
    // Orders are locked as they are looked at: in the same order by all who look at many.
    for (const { item, place } of byOrder(items)) {
      const result = 'code' in item ? item : await this.prepare(item, seen, admit);
      const order = 'order' in item ? item.order : null;
      if ('code' in result) outcomes[place] = { order, id: null, submission: null, refusal: result };
      else ready.push({ place, prepared: result });
    }
    ready.sort((a, b) => a.place - b.place);
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
    seen: Set<string>,
    admit: (order: Hex) => Promise<void>,
  ): Promise<PreparedMilestone | ProblemRecord> {
    const key = [order, milestone.kind, milestone.document.source.sha256].join();
    try {
      if (seen.has(key)) throw milestoneAlreadyRecorded('the same document is among the others', { order });
      const prepared = await this.recording.prepare(order, milestone);
      await admit(order);
      seen.add(key);
      return prepared;
    } catch (error) {
      return refusalToKeep(error);
    }
  }
}

function byOrder(items: readonly (MilestoneOf | ProblemRecord)[]) {
  const keyOf = (item: MilestoneOf | ProblemRecord) => ('order' in item ? item.order : '');
  return items
    .map((item, place) => ({ item, place, key: keyOf(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.place - b.place));
}
