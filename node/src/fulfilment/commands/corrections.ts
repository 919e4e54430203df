import { Injectable } from '@nestjs/common';
import { type DocumentModel, DocumentVault } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { type MilestoneKind, kindNumber, kindOf } from '../domain/milestone-kinds.js';
import { milestoneNotCorrectable, milestoneUnknown } from '../domain/problems.js';
import { type Milestone, Milestones, placeOf } from '../storage/milestones.js';

/** Which entries can be corrected: the contract cannot tell, and readers would ignore the rest. */
@Injectable()
export class Corrections {
  constructor(
    private readonly milestones: Milestones,
    private readonly vault: DocumentVault,
  ) {}

  /**
   * The author's entry that counts and told of the event which the document declares an error; undefined when it declares
   * none. Throws MILESTONE_UNKNOWN when no such entry is here.
   */
  async declared(order: Hex, author: number, model: DocumentModel): Promise<Hex | undefined> {
    const ids = erroneous(model);
    if (ids.length === 0) return undefined;
    const own = (await this.milestones.of(order)).filter((each) => each.author === author && each.live);
    const documents = await this.vault.atAll(own.map(placeOf));
    const found = own.find(({ commitment }) => {
      const told = documents.get(commitment)?.document.model;
      return told?.kind === 'EVENT' && told.events.some(({ id }) => id !== undefined && ids.includes(id));
    });
    if (found) return found.entry;
    throw milestoneUnknown('no entry of this member tells of the event that is declared an error', {
      order,
      events: ids,
    });
  }

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

/** Ids of the events that a document declares errors. */
function erroneous(model: DocumentModel): string[] {
  if (model.kind !== 'EVENT') return [];
  return model.events.flatMap(({ id, error }) => (id !== undefined && error ? [id] : []));
}
