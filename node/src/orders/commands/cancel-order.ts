import { Injectable } from '@nestjs/common';
import {
  commit,
  commitmentFields,
  DocumentVault,
  newSeed,
  type OrderCancellationModel,
  type TradeDocument,
} from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { requireReference } from '../domain/order-reference.js';
import type { Order } from '../domain/order.js';
import { counterpartyOf } from '../domain/party.js';
import { requireNotProposed, requireUnencumbered } from '../domain/proposals.js';
import { DocumentParties } from '../queries/document-parties.js';
import { OrderContents } from '../queries/order-contents.js';
import { ClearLapsed } from './clear-lapsed.js';
import { toDocumentBody } from './envelopes.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

/** One side wants to cancel an accepted order, or agrees to the other’s wish. */
@Injectable()
export class CancelOrder {
  constructor(
    private readonly desk: OrderDesk,
    private readonly lapsed: ClearLapsed,
    private readonly contents: OrderContents,
    private readonly parties: DocumentParties,
    private readonly vault: DocumentVault,
    private readonly exchange: Exchange,
  ) {}

  /**
   * A document, if given, says why to the other side. Refuses with ORDER_ENCUMBERED while a lender’s claim rests on it
   * (rule 3), ORDER_ALREADY_PROPOSED a second wish, ORDER_REFERENCE_MISMATCH, DOCUMENT_PARTY_MISMATCH.
   */
  async run(id: Hex, document?: TradeDocument<OrderCancellationModel>): Promise<OrderSubmission> {
    const { order, self } = await this.desk.begin(id, 'cancel');
    requireNotProposed(order, order.cancelProposedBy, self.id);
    if (document) await this.requireFits(order, document.model);
    requireUnencumbered(id, await this.lapsed.ensure(id));
    const made = await this.desk.submit('cancelOrder', id, { fn: 'cancel', args: [id] });
    if (document) await this.send(order, self.id, document, made.submission);
    return made;
  }

  private async requireFits(order: Order, model: OrderCancellationModel): Promise<void> {
    const { document } = await this.contents.require(order);
    requireReference(document.model.number, model);
    await this.parties.requireAbout(model, order);
  }

  private async send(
    order: Order,
    self: number,
    document: TradeDocument<OrderCancellationModel>,
    after: string,
  ): Promise<void> {
    const { id: object } = order;
    const fields = commitmentFields(document, { version: 1, orders: [object] });
    const seed = newSeed();
    await this.vault.store(document, { object, version: 1, root: commit(fields, seed).root, seed, fields });
    const [to, body] = [counterpartyOf(order, self), toDocumentBody(document, seed)];
    await this.exchange.send({ to, type: 'order.cancellation', object, body, after });
  }
}
