import { Injectable } from '@nestjs/common';
import { commit, commitmentFields, DocumentVault, newSeed } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { type OrderChangeBody, toDocumentBody } from './envelopes.js';
import { factsOf } from '../domain/order-facts.js';
import { requireReference } from '../domain/order-reference.js';
import type { Order } from '../domain/order.js';
import { counterpartyOf } from '../domain/party.js';
import { requireNoPendingChange } from '../domain/pending-change.js';
import { requireParty } from '../domain/require-act.js';
import { DocumentParties } from '../queries/document-parties.js';
import { OrderContents } from '../queries/order-contents.js';
import { OrderDocuments } from '../storage/order-documents.js';
import { type ChangeDocument, effectiveDocument } from './effective-document.js';
import { FrameworkDesk } from './framework-desk.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

/** One side proposes the next version of an accepted order. */
@Injectable()
export class ProposeChange {
  constructor(
    private readonly desk: OrderDesk,
    private readonly contents: OrderContents,
    private readonly parties: DocumentParties,
    private readonly vault: DocumentVault,
    private readonly documents: OrderDocuments,
    private readonly exchange: Exchange,
    private readonly frameworks: FrameworkDesk,
  ) {}

  /**
   * Commits to the whole order as it would be; the change itself goes to the other side after inclusion. Refuses with
   * ORDER_CHANGE_PENDING, ORDER_REFERENCE_MISMATCH, DOCUMENT_PARTY_MISMATCH, CURRENCY_MISMATCH, ORDER_LINE_UNKNOWN;
   * what a framework contract does not allow with FRAMEWORK_EXCEEDED, FRAMEWORK_MISMATCH, and one that would not allow what is
   * called off with FRAMEWORK_BELOW_CALLED_OFF;
   * a response, which is the supplier's, with ORDER_UNAUTHORIZED or, unless it amends, ORDER_RESPONSE_CONTRADICTS.
   */
  async run(id: Hex, change: ChangeDocument): Promise<OrderSubmission & { readonly version: number }> {
    const { order, self } = await this.desk.begin(id, 'proposeChange');
    if (change.kind === 'ORDER_RESPONSE') requireParty(order, self.id, ['SUPPLIER']);
    requireNoPendingChange(order);
    return this.propose(order, self.id, change);
  }

  /** The same to an order that is accepted, or that the current unit of work accepts first; `self` is one of its sides. */
  async propose(
    order: Order,
    self: number,
    change: ChangeDocument,
  ): Promise<OrderSubmission & { readonly version: number }> {
    const { id } = order;
    const { document: before } = await this.contents.require(order);
    requireReference(before.model.number, change.model);
    await this.parties.requireAbout(change.model, order);
    const document = effectiveDocument(before, change);
    if (order.type === 'FRAMEWORK') await this.frameworks.requireKept(id, document.model);
    if (order.framework) await this.frameworks.requireAllowed(order.framework, document.model, { except: id });
    const version = order.version + 1;
    const fields = commitmentFields(document, { version, previousRoot: order.commitment, orders: [id] });
    const seed = newSeed();
    const { root } = commit(fields, seed);
    await this.vault.store(document, { object: id, version, root, seed, fields });
    await this.documents.add(factsOf(document.model, { orderId: id, root, version }));
    const made = await this.desk.submit('proposeChange', id, { fn: 'proposeChange', args: [id, root] });
    const { kind } = change.model;
    const body = { version, kind, ...toDocumentBody(document, seed) } satisfies OrderChangeBody;
    const to = counterpartyOf(order, self);
    await this.exchange.send({ to, type: 'order.change', object: id, body, after: made.submission });
    return { ...made, version };
  }
}
