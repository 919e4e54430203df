import { RegistryDomains } from '../../chain/index.js';
import {
  BulkCommitments,
  commitmentFields,
  documentOf,
  DocumentVault,
  importDocument,
  NOT_COMMITTED_TO,
  type OrderModel,
  type Field,
  type TradeDocument,
  type VaultEntry,
} from '../../documents/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import type { Root, Seed } from '../../kernel/ids.js';
import { Members } from '../../members/index.js';
import { type OrderDocumentBody, orderDocumentBody, ordersCarried } from './envelopes.js';
import type { Framing } from '../domain/order-type.js';
import { factsOf } from '../domain/order-facts.js';
import { orderIdOf } from '../domain/order-id.js';
import type { Parties } from '../domain/party.js';
import { orderCommitmentMismatch, orderNotHereYet } from '../domain/problems.js';
import { DocumentParties } from '../queries/document-parties.js';
import { OrdersOnChain } from '../queries/orders-on-chain.js';
import { OrderDocuments } from '../storage/order-documents.js';

type Sent = OrderDocumentBody['orders'][number];

interface Opened {
  readonly sent: Sent;
  readonly document: TradeDocument<OrderModel>;
  readonly fields: readonly Field[];
  readonly seed: Seed;
}

interface Verified {
  readonly document: TradeDocument<OrderModel>;
  readonly framing: Framing;
  readonly entry: VaultEntry;
}

/**
 * Takes in the documents of orders that this supplier was posted. Each must come to its order's id: rebuilt from seed
 * and document to the root, from there with sender, this member and tag to the id. All or none of an envelope, and none
 * before the chain has them: anybody can make up orders, and only those of the chain are worth a disk.
 */
@EnvelopeHandler('order.document', { body: orderDocumentBody, carries: ordersCarried })
export class ReceiveOrderDocument implements EnvelopeProcessor<OrderDocumentBody> {
  constructor(
    private readonly members: Members,
    private readonly domains: RegistryDomains,
    private readonly parties: DocumentParties,
    private readonly commitments: BulkCommitments,
    private readonly vault: DocumentVault,
    private readonly documents: OrderDocuments,
    private readonly chain: OrdersOnChain,
  ) {}

  async handle({ from, body }: ReceivedEnvelope<OrderDocumentBody>): Promise<void> {
    const [missing] = await this.chain.missing(body.orders.map(({ order }) => order));
    if (missing) throw orderNotHereYet('its documents are taken in once it is posted', { order: missing });
    const { id: self } = await this.members.self();
    const sides = { buyer: from.id, supplier: self };
    const opened = body.orders.map(open);
    const roots = await this.commitments.rootsOf(opened);
    const verified = opened.map((each, i) => this.verify(each, roots[i]!, sides));
    await this.parties.requireOfOrders(verified.map(({ document }) => ({ ...document.model, sides })));
    const isNew = await this.vault.storeMany(verified);
    // Of one that was erased nothing is kept in the clear again.
    const taken = verified.filter(({ entry }) => isNew.has(entry.root));
    const facts = taken.map(({ document, framing, entry: { object: orderId, root, version } }) =>
      factsOf(document.model, { orderId, root, version, framing }),
    );
    await this.documents.add(...facts);
  }

  private verify({ sent, document, fields, seed }: Opened, root: Root, sides: Parties): Verified {
    const { order, tag, orderType, framework } = sent;
    const registry = this.domains.of('OrderRegistry');
    const id = orderIdOf({ registry, ...sides, commitment: root, tag });
    if (id !== order)
      throw orderCommitmentMismatch(`the document does not come to the id of its order: ${NOT_COMMITTED_TO}`, {
        order,
        root,
      });
    return {
      document,
      framing: { type: orderType ?? 'ORDER', framework: framework ?? null },
      entry: { object: id, version: 1, root, seed, fields },
    };
  }
}

function open(sent: Sent): Opened {
  const { order: _, tag, seed, document: base64, mediaType, ...framing } = sent;
  const document = documentOf(importDocument(Buffer.from(base64, 'base64'), mediaType, { kind: 'ORDER' }), 'ORDER');
  const fields = commitmentFields(document, { version: 1, tag, ...framing });
  return { sent, document, fields, seed: seed as Seed };
}
