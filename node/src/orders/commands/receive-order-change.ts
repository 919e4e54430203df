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
import { type OrderChangeBody, orderChangeBody } from './envelopes.js';
import { factsOf } from '../domain/order-facts.js';
import { requireReference } from '../domain/order-reference.js';
import { orderCommitmentMismatch } from '../domain/problems.js';
import { requireParty } from '../domain/require-act.js';
import { DocumentParties } from '../queries/document-parties.js';
import { OrderContents } from '../queries/order-contents.js';
import { Orders } from '../queries/orders.js';
import { OrderDocuments } from '../storage/order-documents.js';
import { effectiveDocument } from './effective-document.js';

/** Takes in the document of a change that the other side proposed, if it comes to the root that the chain has of it. */
@EnvelopeHandler('order.change', { body: orderChangeBody })
export class ReceiveOrderChange implements EnvelopeProcessor<OrderChangeBody> {
  constructor(
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly parties: DocumentParties,
    private readonly vault: DocumentVault,
    private readonly documents: OrderDocuments,
  ) {}

  async handle({ from, object, body }: ReceivedEnvelope<OrderChangeBody>): Promise<void> {
    const order = await this.orders.get(object);
    requireParty(order, from.id, ['BUYER', 'SUPPLIER']);
    const { version, mediaType, kind } = body;
    const seed = body.seed as Seed;
    const before = await this.contents.require(order, version - 1);
    const imported = importDocument(Buffer.from(body.document, 'base64'), mediaType, { kind });
    const change = documentOf(imported, kind);
    if (change.kind === 'ORDER_RESPONSE') requireParty(order, from.id, ['SUPPLIER']);
    requireReference(before.document.model.number, change.model);
    await this.parties.requireAbout(change.model, order);
    const document = effectiveDocument(before.document, change);
    const fields = commitmentFields(document, { version, previousRoot: before.root, orders: [object] });
    const { root } = commit(fields, seed);
    if ((await this.orders.change(object, version))?.commitment !== root) {
      throw orderCommitmentMismatch(
        `the change does not open the commitment to version ${version}: ${NOT_COMMITTED_TO}`,
        {
          order: object,
          root,
        },
      );
    }
    // Of one that was erased nothing is kept in the clear again.
    if (!(await this.vault.store(document, { object, version, root, seed, fields }))) return;
    await this.documents.add(factsOf(document.model, { orderId: object, root, version }));
  }
}
