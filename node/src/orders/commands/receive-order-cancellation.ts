import { commit, commitmentFields, documentOf, DocumentVault, importDocument } from '../../documents/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import type { Seed } from '../../kernel/ids.js';
import { requireReference } from '../domain/order-reference.js';
import { requireParty } from '../domain/require-act.js';
import { DocumentParties } from '../queries/document-parties.js';
import { OrderContents } from '../queries/order-contents.js';
import { Orders } from '../queries/orders.js';
import { type DocumentBody, documentBody } from './envelopes.js';

/** Takes in why the other side wants to cancel. The chain has its wish alone: the document is the sender's word. */
@EnvelopeHandler('order.cancellation', { body: documentBody, fromSuspended: true })
export class ReceiveOrderCancellation implements EnvelopeProcessor<DocumentBody> {
  constructor(
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly parties: DocumentParties,
    private readonly vault: DocumentVault,
  ) {}

  async handle({ from, object, body }: ReceivedEnvelope<DocumentBody>): Promise<void> {
    const order = await this.orders.get(object);
    requireParty(order, from.id, ['BUYER', 'SUPPLIER']);
    const kind = 'ORDER_CANCELLATION';
    const document = documentOf(importDocument(Buffer.from(body.document, 'base64'), body.mediaType, { kind }), kind);
    const { model } = (await this.contents.require(order)).document;
    requireReference(model.number, document.model);
    await this.parties.requireAbout(document.model, order);
    const fields = commitmentFields(document, { version: 1, orders: [object] });
    const seed = body.seed as Seed;
    await this.vault.store(document, { object, version: 1, root: commit(fields, seed).root, seed, fields });
  }
}
