import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import {
  commit,
  commitmentFields,
  DocumentVault,
  type ModelOf,
  newSeed,
  type TradeDocument,
} from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { Materialise, Orders, Participants, toDocumentBody } from '../../orders/index.js';
import { Submissions } from '../../submissions/index.js';
import { ZERO } from '../domain/fulfilment-log.js';
import { type MilestoneDocumentKind, requireQuantities } from '../domain/milestone-documents.js';
import { type MilestoneKind, kindNumber } from '../domain/milestone-kinds.js';
import { requireRecord } from '../domain/require-record.js';
import { MilestonePostings } from '../storage/milestone-postings.js';
import { Corrections } from './corrections.js';
import { MilestoneContents } from './milestone-contents.js';
import type { MilestoneDocumentBody } from './milestone-document-body.js';

export interface NewMilestone {
  readonly kind: MilestoneKind;
  readonly document: TradeDocument<ModelOf<MilestoneDocumentKind>>;
  /** The own entry that it corrects, its hash or its commitment; by default what an EPCIS error declaration names. */
  readonly supersedes?: Hex;
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
  async run(order: Hex, { kind, document, ...given }: NewMilestone): Promise<{ id: Hex; submission: string }> {
    const { id: self } = await this.members.self();
    const supersedes = given.supersedes ?? (await this.corrections.declared(order, self, document.model));
    const { parties, author } = await this.mayRecord(order, kind, supersedes !== undefined);
    requireQuantities(kind, document.model);
    await this.contents.requireFits(parties, document.model);
    const corrected = supersedes && (await this.corrections.require(order, { entry: supersedes, author, kind }));
    await this.contents.requireNew(order, kind, document.source.sha256, corrected);
    const fields = commitmentFields(document, { version: 1, orders: [order] });
    const seed = newSeed();
    const { root } = commit(fields, seed);
    await this.vault.store(document, { object: order, version: 1, root, seed, fields });
    await this.materialise.ensure(order);
    const { id: submission } = await this.submissions.submit({
      act: 'recordMilestone',
      call: {
        contract: 'OrderRegistry',
        fn: 'record',
        args: [order, kindNumber(kind), root, corrected?.entry ?? ZERO],
      },
      account: this.keyring.operator.address,
      subject: { type: 'order', id: order },
    });
    const { sha256 } = document.source;
    await this.postings.add({ order, kind: kindNumber(kind), sha256, root, submission });
    const body = { ...toDocumentBody(document, seed), kind: document.kind } satisfies MilestoneDocumentBody;
    for (const to of [parties.buyer, parties.supplier].filter((party) => party !== author)) {
      await this.exchange.send({ to, type: 'milestone.document', object: order, body, after: submission });
    }
    return { id: root, submission };
  }

  private async mayRecord(id: Hex, kind: MilestoneKind, corrects: boolean) {
    const [order, { id: author }] = await Promise.all([this.orders.get(id), this.members.self()]);
    const appointments = (await this.participants.of(id)).filter(({ member }) => member === author);
    requireRecord(order, { kind, author, appointments, corrects, now: this.head.current().timestamp });
    return { parties: order, author };
  }
}
