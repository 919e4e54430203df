import { commit, commitmentFields, DocumentVault, importDocument, NOT_COMMITTED_TO } from '../../documents/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import type { Seed } from '../../kernel/ids.js';
import { Orders } from '../../orders/index.js';
import { milestoneCommitmentMismatch } from '../domain/problems.js';
import { Milestones } from '../storage/milestones.js';
import { type MilestoneDocumentBody, milestoneDocumentBody } from './milestone-document-body.js';
import { MilestoneContents } from './milestone-contents.js';

/** Takes in the document behind an entry of an order's log, if the entry commits to it and its sender added it. */
@EnvelopeHandler('milestone.document', { body: milestoneDocumentBody, fromSuspended: true })
export class ReceiveMilestoneDocument implements EnvelopeProcessor<MilestoneDocumentBody> {
  constructor(
    private readonly orders: Orders,
    private readonly milestones: Milestones,
    private readonly contents: MilestoneContents,
    private readonly vault: DocumentVault,
  ) {}

  async handle({ from, object, body }: ReceivedEnvelope<MilestoneDocumentBody>): Promise<void> {
    const order = await this.orders.get(object);
    const seed = body.seed as Seed;
    const document = importDocument(Buffer.from(body.document, 'base64'), body.mediaType, { kind: body.kind });
    const fields = commitmentFields(document, { version: 1, orders: [object] });
    const { root } = commit(fields, seed);
    const milestone = await this.milestones.find(object, root);
    if (milestone?.commitment !== root || milestone.author !== from.id) {
      throw milestoneCommitmentMismatch(`the document opens no entry of its sender: ${NOT_COMMITTED_TO}`, {
        order: object,
        root,
      });
    }
    await this.contents.requireFits(order, document.model);
    await this.vault.store(document, { object, version: 1, root, seed, fields });
  }
}
