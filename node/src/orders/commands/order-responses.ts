import { Injectable } from '@nestjs/common';
import {
  commit,
  commitmentFields,
  DocumentVault,
  newSeed,
  type OrderModel,
  type OrderResponseModel,
  type TradeDocument,
  type VaultEntry,
} from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { toDocumentBody } from './envelopes.js';
import { requireReference } from '../domain/order-reference.js';
import { requireDecision } from '../domain/order-response.js';
import type { Order } from '../domain/order.js';
import { DocumentParties } from '../queries/document-parties.js';

/** A response that fits its order, with what commits to it. */
export interface PreparedResponse extends VaultEntry {
  readonly document: TradeDocument<OrderResponseModel>;
}

/** Suppliers' response documents: checked, kept, and sent to the buyer. */
@Injectable()
export class OrderResponses {
  constructor(
    private readonly parties: DocumentParties,
    private readonly vault: DocumentVault,
    private readonly exchange: Exchange,
  ) {}

  /** Refuses with DOCUMENT_PARTY_MISMATCH, ORDER_REFERENCE_MISMATCH, ORDER_RESPONSE_CONTRADICTS. */
  async prepare(
    order: Order,
    content: OrderModel,
    document: TradeDocument<OrderResponseModel>,
    decision: 'ACCEPTED' | 'REJECTED',
  ): Promise<PreparedResponse> {
    requireReference(content.number, document.model);
    requireDecision(document.model, decision);
    await this.parties.requireAbout(document.model, order);
    const fields = commitmentFields(document, { version: 1, orders: [order.id] });
    const seed = newSeed();
    return { object: order.id, version: 1, fields, seed, root: commit(fields, seed).root, document };
  }

  /** Keeps the response, and sends it to the buyer once `submission` is included. */
  async send(order: Order, { document, ...entry }: PreparedResponse, submission: string): Promise<void> {
    await this.vault.store(document, entry);
    const body = toDocumentBody(document, entry.seed);
    await this.exchange.send({ to: order.buyer, type: 'order.response', object: order.id, body, after: submission });
  }
}
