import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DisclosedDocuments, DocumentVault, type StoredDocument } from '../../documents/index.js';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderViews, shownFields } from '../../orders/index.js';
import { ZERO } from '../domain/fulfilment-log.js';
import { kindOf, MILESTONE_KINDS } from '../domain/milestone-kinds.js';
import { milestoneUnknown } from '../domain/problems.js';
import { type Milestone, Milestones, placeOf } from '../storage/milestones.js';

export const milestoneView = z.object({
  id: z.string().describe('Commitment to its document, known before the chain gives the entry its hash.'),
  status: z.enum(['RECORDED', 'SUPERSEDED']),
  version: z.int(),
  order: z.string(),
  entry: z.string().describe("Hash of the log's entry."),
  index: z.int().describe('Place in the log, from 0.'),
  kind: z.enum(MILESTONE_KINDS),
  author: z.string().describe('Short name of the member.'),
  recordedAt: z.iso.datetime().describe('Block time.'),
  block: z.int(),
  transaction: z.string(),
  supersedes: z.string().nullable().describe('Hash of the entry that it says it corrects.'),
  document: z
    .object({
      kind: z.string(),
      number: z.string().nullable(),
      issueDate: z.string().nullable(),
      lines: z.array(z.record(z.string(), z.unknown())),
    })
    .nullable()
    .describe('Null where this member has not received it.'),
  disclosed: z
    .array(z.object({ path: z.string(), value: z.string() }))
    .optional()
    .describe('Fields of it that this member was granted, where it has not received it.'),
});
export type MilestoneView = z.output<typeof milestoneView>;

/** Fulfilment logs as the API shows them. */
@Injectable()
export class MilestoneViews {
  constructor(
    private readonly milestones: Milestones,
    private readonly vault: DocumentVault,
    private readonly disclosed: DisclosedDocuments,
    private readonly orders: OrderViews,
  ) {}

  /** A page of an order's log. Throws ORDER_UNKNOWN, ORDER_NOT_DISCLOSED. */
  async page(order: Hex, from: number, limit: number): Promise<MilestoneView[]> {
    await this.orders.disclosed(order);
    return this.view(await this.milestones.of(order, { from, limit }));
  }

  /** Throws ORDER_UNKNOWN, ORDER_NOT_DISCLOSED, MILESTONE_UNKNOWN. */
  async get(order: Hex, id: Hex): Promise<MilestoneView> {
    await this.orders.disclosed(order);
    const milestone = await this.milestones.find(order, id);
    if (!milestone) throw milestoneUnknown('the log has no entry of this hash or commitment', { order, milestone: id });
    const [view] = await this.view([milestone]);
    return view!;
  }

  /** A milestone of this member by its commitment alone. Throws MILESTONE_UNKNOWN. */
  async own(commitment: Hex): Promise<MilestoneView> {
    const milestone = await this.milestones.byCommitment(commitment);
    if (!milestone) throw milestoneUnknown('no log has an entry of this commitment', { milestone: commitment });
    return this.get(milestone.order_id, commitment);
  }

  private async view(milestones: readonly Milestone[]): Promise<MilestoneView[]> {
    const [documents, nameOf] = await Promise.all([this.vault.atAll(milestones.map(placeOf)), this.orders.names()]);
    const missing = milestones.map(placeOf).filter(({ root }) => !documents.has(root));
    for (const object of new Set(missing.map((place) => place.object))) await this.disclosed.requireOpen(object);
    const fields = await this.disclosed.fieldsAt(missing);
    return milestones.map((milestone) => ({
      id: milestone.commitment,
      status: milestone.live ? 'RECORDED' : 'SUPERSEDED',
      version: 1,
      order: milestone.order_id,
      entry: milestone.entry,
      index: milestone.position,
      kind: kindOf(milestone.kind),
      author: nameOf(milestone.author),
      recordedAt: timeOf(milestone.recorded_at),
      block: milestone.block,
      transaction: milestone.tx,
      supersedes: milestone.supersedes === ZERO ? null : milestone.supersedes,
      document: viewDocument(documents.get(milestone.commitment)),
      ...viewFields(fields.get(milestone.commitment)),
    }));
  }
}

function viewFields(fields: ReadonlyMap<string, string> | undefined): Pick<MilestoneView, 'disclosed'> {
  return fields ? { disclosed: shownFields(fields) } : {};
}

function viewDocument(stored: StoredDocument | undefined): MilestoneView['document'] {
  if (!stored) return null;
  const { model } = stored.document;
  return {
    kind: model.kind,
    number: ('number' in model && model.number) || null,
    issueDate: ('issueDate' in model && model.issueDate) || null,
    lines: 'lines' in model ? model.lines.map((line) => ({ ...line })) : [],
  };
}
