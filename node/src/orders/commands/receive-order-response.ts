import {
  commit,
  commitmentFields,
  documentOf,
  DocumentVault,
  importDocument,
  NOT_COMMITTED_TO,
} from '../../documents/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import type { Seed } from '../../kernel/ids.js';
import { type DocumentBody, documentBody } from './envelopes.js';
import { requireReference } from '../domain/order-reference.js';
import { requireDecision } from '../domain/order-response.js';
import { orderCommitmentMismatch } from '../domain/problems.js';
import { requireParty } from '../domain/require-act.js';
import { DocumentParties } from '../queries/document-parties.js';
import { OrderContents } from '../queries/order-contents.js';
import { Orders } from '../queries/orders.js';

/** Takes in the supplier's response document: for a rejection the very one that its reason on chain commits to. */
@EnvelopeHandler('order.response', { body: documentBody, fromSuspended: true })
export class ReceiveOrderResponse implements EnvelopeProcessor<DocumentBody> {
  constructor(
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly parties: DocumentParties,
    private readonly vault: DocumentVault,
  ) {}

  async handle({ from, object, body }: ReceivedEnvelope<DocumentBody>): Promise<void> {
    const order = await this.orders.get(object);
    requireParty(order, from.id, ['SUPPLIER']);
    const seed = body.seed as Seed;
    const imported = importDocument(Buffer.from(body.document, 'base64'), body.mediaType, { kind: 'ORDER_RESPONSE' });
    const document = documentOf(imported, 'ORDER_RESPONSE');
    const { model } = (await this.contents.require(order, 1)).document;
    requireReference(model.number, document.model);
    await this.parties.requireAbout(document.model, order);
    requireDecision(document.model, order.status === 'REJECTED' ? 'REJECTED' : 'ACCEPTED');
    const fields = commitmentFields(document, { version: 1, orders: [object] });
    const { root } = commit(fields, seed);
    if (order.status === 'REJECTED' && order.rejection !== root) {
      throw orderCommitmentMismatch(`the response does not open the reason on chain: ${NOT_COMMITTED_TO}`, {
        order: object,
        root,
      });
    }
    await this.vault.store(document, { object, version: 1, root, seed, fields });
  }
}
