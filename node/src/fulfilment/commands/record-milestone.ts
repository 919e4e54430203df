import { Injectable } from '@nestjs/common';
import { type ContractCall, Keyring } from '../../chain/index.js';
import {
  commit,
  commitmentFields,
  DocumentVault,
  type ModelOf,
  newSeed,
  type TradeDocument,
  type VaultEntry,
} from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { Materialise, type Order, Orders, Participants, toDocumentBody } from '../../orders/index.js';
import { Submissions } from '../../submissions/index.js';
import { ZERO } from '../domain/fulfilment-log.js';
import { type MilestoneDocumentKind, requireQuantities } from '../domain/milestone-documents.js';
import { type MilestoneKind, kindNumber } from '../domain/milestone-kinds.js';
import { requireRecord } from '../domain/require-record.js';
import { MilestonePostings } from '../storage/milestone-postings.js';
import { Milestones } from '../storage/milestones.js';
import { Corrections } from './corrections.js';
import { MilestoneContents } from './milestone-contents.js';
import type { MilestoneDocumentBody } from './milestone-document-body.js';

/** Most milestones of a transaction: what is refused for one of them is refused for all. */
export const MOST_MILESTONES = 100;

export interface NewMilestone {
  readonly kind: MilestoneKind;
  readonly document: TradeDocument<ModelOf<MilestoneDocumentKind>>;
  /** The own entry that it corrects, its hash or its commitment; by default what an EPCIS error declaration names. */
  readonly supersedes?: Hex;
}

/** A milestone that may be recorded, with what commits to its document. */
export interface PreparedMilestone {
  readonly order: Order;
  readonly author: number;
  readonly kind: MilestoneKind;
  readonly document: NewMilestone['document'];
  readonly entry: VaultEntry;
  /** Hash of the entry that it corrects, or zeros. */
  readonly supersedes: Hex;
}

/** Adds to an order's fulfilment log. */
@Injectable()
export class RecordMilestone {
  constructor(
    private readonly orders: Orders,
    private readonly participants: Participants,
    private readonly members: Members,
    private readonly corrections: Corrections,
    private readonly contents: MilestoneContents,
    private readonly postings: MilestonePostings,
    private readonly milestones: Milestones,
    private readonly vault: DocumentVault,
    private readonly submissions: Submissions,
    private readonly materialise: Materialise,
    private readonly exchange: Exchange,
    private readonly keyring: Keyring,
    private readonly head: IndexHead,
  ) {}

  /**
   * Commits to the document, keeps it, and sends it to the order's other sides after inclusion. Answers with the
   * commitment, by which the milestone is known before the chain has given its entry a hash. Refuses what
   * {@link requireRecord} refuses, and with ORDER_REFERENCE_MISMATCH, DOCUMENT_PARTY_MISMATCH,
   * MILESTONE_QUANTITIES_MISSING, MILESTONE_NOT_CORRECTABLE, MILESTONE_ALREADY_RECORDED.
   */
  async run(order: Hex, milestone: NewMilestone): Promise<{ id: Hex; submission: string }> {
    await this.lock([order]);
    const prepared = await this.prepare(order, milestone);
    return { id: prepared.entry.root, submission: await this.record([prepared]) };
  }

  /** Until the current unit of work ends, others who record on one of these orders wait. Once a unit, for all of its orders. */
  lock(orders: readonly Hex[]): Promise<void> {
    return this.postings.lock(orders);
  }

  /**
   * Checks a milestone, of an order that is locked, and commits to its document; refuses as {@link run} does. Nothing is written.
   * `ahead` are those of its order that are prepared and will be recorded before it.
   */
  async prepare(id: Hex, { kind, document, ...given }: NewMilestone, ahead = 0): Promise<PreparedMilestone> {
    const { id: self } = await this.members.self();
    const supersedes = given.supersedes ?? (await this.corrections.declared(id, self, document.model));
    const { order, author } = await this.mayRecord(id, kind, { corrects: supersedes !== undefined, ahead });
    requireQuantities(kind, document.model);
    await this.contents.requireFits(order, document.model);
    const corrected = supersedes && (await this.corrections.require(id, { entry: supersedes, author, kind }));
    await this.contents.requireNew(id, kind, document.source.sha256, corrected);
    const fields = commitmentFields(document, { version: 1, orders: [id] });
    const seed = newSeed();
    const entry = { object: id, version: 1, root: commit(fields, seed).root, seed, fields };
    return { order, author, kind, document, entry, supersedes: corrected?.entry ?? ZERO };
  }

  /** Keeps what was prepared and sends it in one transaction, up to {@link MOST_MILESTONES}; returns its submission. */
  async record(milestones: readonly [PreparedMilestone, ...PreparedMilestone[]]): Promise<string> {
    await this.vault.storeMany(milestones);
    await this.materialise.ensure(...new Set(milestones.map(({ order }) => order.id)));
    const { id: submission } = await this.submissions.submit({
      act: milestones.length === 1 ? 'recordMilestone' : 'recordMilestones',
      call: recordingOf(milestones),
      account: this.keyring.operator.address,
      subject: { type: 'order', id: milestones[0].order.id },
    });
    for (const milestone of milestones) await this.follow(milestone, submission);
    return submission;
  }

  /** What goes with the transaction: the note of the posting, and the document to the order's other sides. */
  private async follow({ order, author, kind, document, entry }: PreparedMilestone, submission: string) {
    const { root, seed } = entry;
    const { sha256 } = document.source;
    await this.postings.add({ order: order.id, kind: kindNumber(kind), sha256, root, submission });
    const body = { ...toDocumentBody(document, seed), kind: document.kind } satisfies MilestoneDocumentBody;
    for (const to of [order.buyer, order.supplier].filter((party) => party !== author)) {
      await this.exchange.send({ to, type: 'milestone.document', object: order.id, body, after: submission });
    }
  }

  private async mayRecord(id: Hex, kind: MilestoneKind, { corrects, ahead }: { corrects: boolean; ahead: number }) {
    const [order, { id: author }] = await Promise.all([this.orders.get(id), this.members.self()]);
    const appointments = (await this.participants.of(id)).filter(({ member }) => member === author);
    const entries = ahead + (await this.milestones.countBy(author, id));
    requireRecord(order, { kind, author, appointments, corrects, entries, now: this.head.current().timestamp });
    return { order, author };
  }
}

function recordingOf(milestones: readonly [PreparedMilestone, ...PreparedMilestone[]]): ContractCall {
  const entries = milestones.map(({ order, kind, entry, supersedes }) => {
    return { order: order.id, kind: kindNumber(kind), commitment: entry.root, supersedes };
  });
  if (entries.length > 1) return { contract: 'OrderRegistry', fn: 'recordMany', args: [entries] };
  const { order, kind, commitment, supersedes } = entries[0]!;
  return { contract: 'OrderRegistry', fn: 'record', args: [order, kind, commitment, supersedes] };
}
