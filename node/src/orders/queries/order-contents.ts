import { Injectable } from '@nestjs/common';
import { documentErased, DocumentVault, type OrderModel, type StoredDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Order } from '../domain/order.js';
import { requirePendingVersion } from '../domain/pending-change.js';
import { orderDocumentMissing } from '../domain/problems.js';
import { Orders } from './orders.js';

/** The documents behind orders' versions, as far as this member has verified them. */
@Injectable()
export class OrderContents {
  constructor(
    private readonly vault: DocumentVault,
    private readonly orders: Orders,
  ) {}

  /** Of the version in force, or of another that is or was. Throws ORDER_DOCUMENT_MISSING when it is not here, DOCUMENT_ERASED when it was. */
  async require(order: Order, version = order.version): Promise<StoredDocument<OrderModel>> {
    const root = await this.orders.commitmentOf(order, version);
    const stored = root && (await this.find({ order: order.id, version, root }));
    if (stored) return stored;
    if (root && (await this.vault.isErased({ root, object: order.id })))
      throw documentErased('its data key was destroyed', { order: order.id, document: root });
    throw orderDocumentMissing(`this node has no document of version ${version}`, { order: order.id, version });
  }

  /** What a proposed change would make of the order. Throws ORDER_CHANGE_MISSING, ORDER_DOCUMENT_MISSING while it is not here. */
  async pending(order: Order): Promise<StoredDocument<OrderModel>> {
    const version = requirePendingVersion(order);
    const change = await this.orders.pendingChange(order);
    const stored = change && (await this.find({ order: order.id, version, root: change.commitment }));
    if (stored) return stored;
    throw orderDocumentMissing(`this node has no document of version ${version}`, { order: order.id, version });
  }

  /** The version of the order whose fields have this root, if it is here. What has the root, but was kept as something else, is not. */
  async find({ order, version, root }: VersionOfOrder): Promise<StoredDocument<OrderModel> | undefined> {
    const stored = await this.vault.at({ root, object: order });
    const isIt = stored?.document.kind === 'ORDER' && stored.version === version;
    return isIt ? (stored as StoredDocument<OrderModel>) : undefined;
  }
}

interface VersionOfOrder {
  readonly order: Hex;
  readonly version: number;
  readonly root: Hex;
}
